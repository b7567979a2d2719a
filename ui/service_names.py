"""Short names of the services, for chips: eEkonomi, Lön Smart.

They are read straight from the catalogue's file, line by line, because the first paint has them and waits for
nothing else: neither a parser of TOML nor the rest of the catalogue. A test holds this to app.catalogue.
"""

from functools import cache

from ui.assets import resources


@cache
def _short_names(language: str) -> dict[str, str]:
    path = resources() / "catalogue" / "services.toml"
    names: dict[str, str] = {}
    code = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith('code = "'):
            code = line.split('"')[1]
        elif line.startswith("short = {") and code:
            names[code] = line.partition(f'{language} = "')[2].partition('"')[0]
    return names


def short_name(code: str, language: str) -> str:
    """The service's short name; a code of a newer server is shown as it is."""
    return _short_names("en" if language == "en" else "sv").get(code) or code
