"""Codes to sentences, for what the command line says about errors (the windows have ui.messages)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.errors import SamverkaError
from app.paths import resources_folder


class _Kept(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
