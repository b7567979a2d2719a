"""Codes to sentences, for what the command line says about errors (the windows have ui.messages)."""

from __future__ import annotations

import tomllib

from app.errors import SamverkaError
from app.paths import resources_folder


class _Kept(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def say_problem(error: SamverkaError, language: str) -> str:
    """Return the sentence of a known problem; an unknown code is named, so that it can be looked up."""
    with (resources_folder() / "messages" / f"{language}.toml").open("rb") as file:
        known = tomllib.load(file)
    sentence = known.get(error.code) or known["unknown_code"]
    return str(sentence).format_map(_Kept({**error.data, "code": error.code})).strip()
