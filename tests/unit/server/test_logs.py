"""What reaches the server's log: no secrets, no links, no personal numbers."""

from __future__ import annotations

import json
import logging
import random
import secrets
import sys

import pytest

from app.server.logs import JsonFormatter, TextFormatter, redact

MADE = 10_000


def record_of(text: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("samverka.test", logging.INFO, __file__, 1, text, arguments, None)


def made_secret(source: random.Random, number: int) -> tuple[str, str]:
    """Return (a line that holds a secret, the secret)."""
    token = secrets.token_urlsafe(source.choice([16, 32, 43]))
    person = f"19{source.randint(10, 99)}{source.randint(1, 12):02}{source.randint(1, 28):02}"
    birth = f"{source.randint(1, 9999):04}"
    return source.choice(
        [
            (f"GET /i/{token} 200", token),
            (f"POST /portal/{token}/end 303", token),
            (f"headers Authorization: Bearer {token}", token),
            (f"connecting to smtps://user{number}:{token}@mail.example", token),
            (f"could not connect to postgresql://samverka:{token}@db:5432/s", token),
            (f"no customer has {person}-{birth}", f"{person}-{birth}"),
            (f"lookup {person}{birth} is taken", f"{person}{birth}"),
            (f"DETAIL:  Key (lookup)=({person}{birth}|x|0) already exists.", birth + "|x"),
            (f"mail to kim.{number}@kund.example refused", f"kim.{number}@kund.example"),
            # What somebody who adds a line to the program tomorrow may write without thinking.
            (f"customer {person[2:]} {birth} is taken", f"{person[2:]} {birth}"),
            (f"VAT number SE{person[2:]}{birth}01 is unknown", person[2:] + birth),
            (f"GET /callback?code={token}&state=xyz", token),
            (f"GET /callback?iss=a&state={token} 303", token),
            (f"{{'password': '{token}', 'email': 'k'}}", token),
            (f'{{"refresh_token":"{token}","expires_in":900}}', token),
            (f"grant_type=refresh_token&refresh_token={token}&nonce=1", token),
            (f"code_verifier={token}", token),
            (f"Set-Cookie: samverka-openid={token}; Path=/", token),
            (f"Cookie: a=1; samverka-openid={token}", token),
            (f"Samverka-Start: {token}", token),
            (f"client_secret = {token!r} in server.toml", token),
            (f"redis://:{token}@cache:6379", token),
        ]
    )


@pytest.mark.parametrize("formatter", [TextFormatter(), JsonFormatter()])
def test_none_of_ten_thousand_made_secrets_is_written(formatter: logging.Formatter) -> None:
    source = random.Random(7)
    for number in range(MADE):
        line, secret = made_secret(source, number)
        assert secret in line
        assert secret not in formatter.format(record_of("%s", line))


def test_what_an_administrator_needs_stays() -> None:
    for line in (
        "rq_0198 POST /v1/sync/push 200 12.5 ms 2026-11-24T08:00:00 cmd_01993f2a command-id-reused",
        "mail stands still: smtp_sign_in_refused (code: 535, state: stopped)",
        "a token was refused: expired, 3 of 5 tokens left, code=409, password_length",
    ):
        assert redact(line) == line


def test_an_exception_is_redacted_too() -> None:
    try:
        raise ValueError("DETAIL:  Key (lookup)=(198507099805|sole_firm|0) already exists.")
    except ValueError:
        record = logging.LogRecord("samverka", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    for formatter in (TextFormatter(), JsonFormatter()):
        written = formatter.format(record)
        assert "198507099805" not in written
        assert "ValueError" in written


def test_a_json_line_is_one_object_with_the_fields_of_the_access_log() -> None:
    record = record_of("answered")
    record.samverka = {"request": "rq_1", "status": 200}
    written = JsonFormatter().format(record)
    assert "\n" not in written
    content = json.loads(written)
    assert content["request"] == "rq_1"
    assert content["message"] == "answered"


def test_a_message_is_one_line_whatever_is_in_it() -> None:
    line = "a command could not be settled: %s"
    written = TextFormatter().format(record_of(line, "x\r\n2026-11-26 INFO forged\x1b[31m\u2028y\x85"))
    assert written.isprintable()
    assert "x\\r\\n2026" in written
    assert "Malmö – Åre" in TextFormatter().format(record_of(line, "Malmö – Åre")), "words stay as they are"


def test_the_fields_beside_the_message_are_redacted_too() -> None:
    record = record_of("answered")
    record.samverka = {"path": "/v1/customers/850709-9805/history", "status": 200}
    content = json.loads(JsonFormatter().format(record))
    assert (content["path"], content["status"]) == ("/v1/customers/…/history", 200)


def test_a_long_line_is_redacted_in_a_time_that_grows_with_it() -> None:
    """Strangers write into the log. Looked through from each letter anew, such a line takes an hour."""
    for part in ("a", "1", "-", "a.", "password", "cookie", "a.b@", "http://a:"):
        long = part * (400_000 // len(part))
        assert "kim@kund.example" not in redact(f"{long} kim@kund.example")
