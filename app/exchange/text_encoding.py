"""Which encoding a text file from a Swedish program has.

Accounting programs write CP437 (the SIE standard), spreadsheets UTF-8 with or without a mark, Windows
1252 or UTF-16, old Macs MacRoman. They differ in where å ä ö and é are, so the bytes tell: a general
detector needs far more text than a company name gives it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

REPLACEMENT = "\ufffd"

_SWEDISH = "åäöÅÄÖéÉüÜ"
_SINGLE_BYTE = ("cp1252", "cp437", "mac_roman")
_SWEDISH_BYTES = {name: _SWEDISH.encode(name) for name in _SINGLE_BYTE}
_HIGH = bytes(range(0x80, 0x100))
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r\x0c\x1a")) + b"\x7f"
_UTF8_PAIRS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A file's text; ``damaged`` says that some characters are lost (shown as U+FFFD)."""

    text: str
    encoding: str
    damaged: bool = False


def decode_text(data: bytes, *, usual: str = "cp1252") -> DecodedText | None:
    """Return the text and its encoding, or None where no encoding makes it readable.

    ``usual`` is what is taken when the bytes do not tell: ``cp437`` for SIE, ``cp1252`` for lists.
    """
    encoding = _find_encoding(data, usual)
    if encoding is None:
        return None
    text = data.decode(encoding, errors="replace")
    name = {"utf-8-sig": "utf-8", "ascii": "utf-8" if usual != "cp437" else "cp437"}.get(encoding, encoding)
    return DecodedText(text.removeprefix("\ufeff"), name, damaged=REPLACEMENT in text)


def _find_encoding(data: bytes, usual: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        return _utf16_without_mark(sample)
    if len(sample) - len(sample.translate(None, _CONTROL)) > 4 + len(sample) // 200:
        return None
    high = len(sample) - len(sample.translate(None, _HIGH))
    if not high:
        return "ascii"
    if _is_utf8(data) or sum(len(pair) for pair in _UTF8_PAIRS.findall(sample)) * 2 >= high:
        return "utf-8"
    return _single_byte(sample, high, usual)


def _single_byte(sample: bytes, high: int, usual: str) -> str | None:
    """Choose the encoding in which most of the bytes above 127 are Swedish letters."""
    counts = {name: len(sample) - len(sample.translate(None, _SWEDISH_BYTES[name])) for name in _SINGLE_BYTE}
    best = max(_SINGLE_BYTE, key=lambda name: (counts[name], name == usual))
    if counts[best]:
        return best
    # Neither letters nor anything else that could be judged: a few signs in the usual encoding are fine,
    # but a file made of them is not text.
    return usual if high * 20 <= len(sample) else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(sample: bytes) -> str | None:
    """Recognise UTF-16 by its zero bytes: every other byte of mostly Latin text."""
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) * 10 >= half * 8 and sample[::2].count(0) == 0:
        return "utf-16-le"
    if sample[::2].count(0) * 10 >= half * 8 and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None
