"""What must not be in a log, a report or a picture of an error: taken out of any text.

Whole lines go through here, tracebacks included: their last line may quote a row of the database.
"""

from __future__ import annotations

import re

# What psycopg and others add of a row's values to an error: «DETAIL:  Key (lookup)=(…) already exists.»
_DETAIL = re.compile(r"^(DETAIL|HINT|CONTEXT|LINE \d+):.*(\n[ \t].*)*", re.MULTILINE)
# As a VAT number, too: a sole trader's holds their personal number.
_NUMBER = re.compile(r"(?i)(?<![\w-])(?:SE)?(?:\d{2})?\d{6}[-+ ]?\d{4}(?:01)?(?![\w-])")
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}")
_IN_URL = re.compile(r"(?i)((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+@")
_LINK = re.compile(r"(?i)(/(?:i|portal)/)[a-z0-9_-]{8,}")
_COOKIE = re.compile(r"(?i)\b((?:set-)?cookie|samverka-start)(:\s*)\S[^\r\n]*")
# What is called a secret, in a form, in an address, as JSON or as Python shows it.
_NAMED = re.compile(
    r"(?i)((?:password|lösenord|token|secret|code_verifier|code_challenge)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]{8,}"
)
_IN_QUERY = re.compile(r"(?i)((?:^|[?&\s])(?:code|state|nonce|session_state)=)[^\s&\"'#]{8,}")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def redact(text: str) -> str:
    """Return the text without what must not be in a log: secrets, links, personal numbers and addresses."""
    text = _DETAIL.sub(r"\1: …", text)
    text = _BEARER.sub(r"\1 …", text)
    text = _COOKIE.sub(r"\1\2…", text)
    text = _NAMED.sub(r"\1…", text)
    text = _IN_QUERY.sub(r"\1…", text)
    text = _IN_URL.sub(r"\1…@", text)
    text = _LINK.sub(r"\1…", text)
    text = _EMAIL.sub("…@…", text)
    return _NUMBER.sub("…", text)
