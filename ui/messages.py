"""Codes → sentences: with app.commandline the only place with sentences about errors.

resources/messages/{sv,en}.toml hold `code = "sentence"` with `{placeholders}` for the error's data. The
first line is what happened; the lines after it say what it means and what to do.
"""

from functools import cache

from ui.assets import resources


class _Known(dict[str, object]):
    """Keeps a placeholder without data as it is written, so that a sentence is always shown."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@cache
def _sentences(language: str) -> dict[str, str]:
    import tomllib  # the first paint has no sentences about errors

    path = resources() / "messages" / f"{language}.toml"
    with path.open("rb") as file:
        read = tomllib.load(file)
    return {code: text for code, text in read.items() if isinstance(text, str)}


class Messages:
    """Sentences in one language, switched at run time."""

    def __init__(self, language: str = "sv") -> None:
        self.language = language

    def load(self) -> None:
        """Read the sentences before somebody waits for one; on any thread."""
        _sentences(self.language)

    def sentence(self, code: str, **data: object) -> str:
        """The whole sentence of a code; an unknown code gets the generic sentence that names it."""
        known = _sentences(self.language)
        if isinstance(data.get("service"), str):
            # The rules know services by their codes; a text that is no code comes back as it is.
            from app.catalogue import load_catalogue

            data["service"] = load_catalogue().service(str(data["service"])).label.text(self.language)
        if isinstance(data.get("field"), str):
            data["field"] = known.get(f"field_{data['field']}", data["field"])
        if isinstance(data.get("cause"), str):
            data["cause"] = known.get(f"cause_{data['cause']}", known["cause_unknown"])
        if code in known:
            return known[code].format_map(_Known(data)).strip()
        return known["unknown_code"].format_map(_Known(data, code=code)).strip()

    def is_known(self, code: str) -> bool:
        return code in _sentences(self.language)

    def for_error(self, error: BaseException) -> str:
        """The sentence of an error of the application; anything else is a bug and gets the sentence of
        one."""
        code = getattr(error, "code", None)
        if isinstance(code, str):
            data = getattr(error, "data", None)
            return self.sentence(code, **(data if isinstance(data, dict) else {}))
        return self.sentence("bug")

    def headline_and_body(self, error: BaseException) -> tuple[str, str]:
        """What happened, and the rest: for a dialog's heading and text."""
        headline, _, body = self.for_error(error).partition("\n")
        return headline.strip(), body.strip()
