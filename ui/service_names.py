"""Short names of the services, for chips: eEkonomi, Lön Smart.

They are read straight from the catalogue's file, because the first paint has them and waits for nothing
else of the catalogue. Everything after the first paint uses app.catalogue.
"""

import tomllib
from functools import cache

from ui.assets import resources


@cache
def _short_names(language: str) -> dict[str, str]:
    path = resources() / "catalogue" / "services.toml"
    with path.open("rb") as file:
        read = tomllib.load(file)
    return {entry["code"]: entry["short"].get(language, entry["short"]["sv"]) for entry in read["service"]}


def short_name(code: str, language: str) -> str:
    """The service's short name; a code of a newer server is shown as it is."""
    return _short_names(language).get(code, code)
