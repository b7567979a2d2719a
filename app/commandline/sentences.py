"""Codes to sentences, for what the command line says about errors (the windows have ui.messages)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.errors import SamverkaError
from app.paths import resources_folder
from app.system_causes import UNKNOWN


class _Kept(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@cache
def _load_sentences(language: str) -> dict[str, object]:
    import tomllib

    with (resources_folder() / "messages" / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


def say_code(code: str, data: Mapping[str, object], language: str) -> str:
    """Return the sentence of a code; an unknown code is named, so that it can be looked up."""
    known = _load_sentences(language)
    sentence = str(known.get(code) or known["unknown_code"])
    field = data.get("field")
    named = {"field": known.get(f"field_{field}", field)} if field else {}
    cause, ends = data.get("cause"), ""
    if cause:
        named["cause"] = known.get(f"cause_{cause}", known["cause_unknown"])
        if cause == UNKNOWN:
            ends = f"\n{data.get('technical', '')}"  # the windows have it among the details
    return (sentence.format_map(_Kept({**data, **named, "code": code})).strip() + ends).strip()


def say_problem(error: SamverkaError, language: str) -> str:
    """Return the sentence of a known problem."""
    return say_code(error.code, error.data, language)
