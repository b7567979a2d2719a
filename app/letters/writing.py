"""Turns the content of an e-mail into its subject, text and HTML.

A template in resources/mail/{sv,en} is the text itself: its first line is the subject. The HTML is made
from the finished text, paragraph by paragraph, so that the two cannot say different things, and every
character of it is escaped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.errors import SamverkaError
from app.letters.letter import (
    TEMPLATE_NAMES,
    InvitationReminder,
    Letter,
    LetterContent,
    LoginInstructions,
)

if TYPE_CHECKING:
    from jinja2 import Environment

MAIL_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "mail"
PREVIEW_LINK = "https://vismaspcs.se/…"
"""Stands in a preview where the link will be: it is made when the e-mail is sent."""
PREVIEW_CODE = "••• •••"
"""Stands in a preview where the code will be."""

_MAY_BE_EMPTY = frozenset({"recipient_name", "sender_name", "consequence"})
_LINE_BREAKING = {"Cc", "Zl", "Zp", "Cs"}
_TURNING_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


class LetterError(SamverkaError):
    """A letter cannot be written from what was given; the code says why, the data names the field."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, a list, a link with its label, or a code with its label."""

    kind: str
    lines: tuple[str, ...]
    address: str = ""


def write_letter(content: LetterContent, language: str = "sv") -> Letter:
    """Return the e-mail in this language (Swedish for every language but English).

    Raises:
        LetterError: ``letter_unsafe_text`` for a value with a line break or another control character
            (it could start a header of its own), ``letter_unsafe_link`` for a link that is not http(s),
            ``letter_incomplete`` for a value that has to be there and is empty.
    """
    spoken = "en" if language.startswith("en") else "sv"
    values = _safe_values(content)
    template = _environment().get_template(f"{spoken}/{TEMPLATE_NAMES[type(content)]}.txt")
    subject, _, body = template.render(values).strip().partition("\n")
    subject = subject.strip()
    text = re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"
    page = _environment().get_template("letter.html")
    blocks = _split_into_blocks(text, str(values.get("link", "")), str(values.get("code", "")))
    return Letter(subject, text, page.render(language=spoken, subject=subject, blocks=blocks))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=FileSystemLoader(MAIL_FOLDER),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _safe_values(content: LetterContent) -> dict[str, object]:
    values: dict[str, object] = {}
    for field in fields(content):
        value = getattr(content, field.name)
        if isinstance(value, str):
            values[field.name] = _one_line(value, field.name)
        elif isinstance(value, tuple):
            values[field.name] = tuple(_one_line(one, field.name) for one in value)
        elif isinstance(value, date):
            values[field.name] = value.isoformat()
        else:
            values[field.name] = value
        has_own_link = not isinstance(content, InvitationReminder) or bool(content.link)
        may_be_empty = field.name in _MAY_BE_EMPTY or (field.name in {"link", "code"} and not has_own_link)
        may_be_empty = may_be_empty or (field.name == "code" and isinstance(content, LoginInstructions))
        if values[field.name] in ("", ()) and not may_be_empty:
            raise LetterError("letter_incomplete", field=field.name)
    link = str(values.get("link", ""))
    if link and (urlsplit(link).scheme not in {"http", "https"} or re.search(r"[\s<>\"']", link)):
        raise LetterError("letter_unsafe_link", field="link")
    return values


def _one_line(value: str, field: str) -> str:
    """Return the value without marks that turn the direction of writing; refuse what breaks the line."""
    if any(unicodedata.category(character) in _LINE_BREAKING for character in value):
        raise LetterError("letter_unsafe_text", field=field)
    return _TURNING_MARKS.sub("", value).strip()


def _split_into_blocks(text: str, link: str, code: str) -> list[_Block]:
    blocks = []
    for paragraph in text.strip().split("\n\n"):
        lines = tuple(line.strip() for line in paragraph.strip().split("\n"))
        if link and lines[-1] == link:
            blocks.append(_Block("link", (lines[0].removesuffix(":"),), link))
        elif all(line.startswith("- ") for line in lines):
            blocks.append(_Block("list", tuple(line.removeprefix("- ") for line in lines)))
        elif code and len(lines) == 1 and lines[0].endswith(f": {code}"):
            blocks.append(_Block("code", (lines[0].removesuffix(f": {code}"), code)))
        else:
            blocks.append(_Block("paragraph", lines))
    return blocks
