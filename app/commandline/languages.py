"""Which language the command line speaks, decided before anything else is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LANGUAGES = ("sv", "en")


def find_asked_language(words: Sequence[str]) -> str | None:
    """Return the language that ``--language`` names, or None where it is missing or unknown."""
    for position, word in enumerate(words):
        if word.startswith("--language="):
            asked = word.partition("=")[2]
        elif word == "--language" and position + 1 < len(words):
            asked = words[position + 1]
        else:
            continue
        return asked if asked in LANGUAGES else None
    return None


def choose_language(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of help and sentences: ``--language``, else the system's, else Swedish.

    The variables are POSIX's, in POSIX's order; the first that is set decides, and a language that the
    program does not speak is answered in Swedish.
    """
    asked = find_asked_language(words)
    if asked is not None:
        return asked
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            return "en" if value.lower().startswith("en") else "sv"
    return "sv"
