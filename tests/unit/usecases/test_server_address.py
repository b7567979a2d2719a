"""What a person may write as the server's address."""

from __future__ import annotations

import pytest

from app.errors import RemoteError
from app.usecases.setup import read_address


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("samverka.byran.se", "https://samverka.byran.se"),
        ("  https://samverka.byran.se/  ", "https://samverka.byran.se"),
        ("https://samverka.byran.se:8443/portal?", "https://samverka.byran.se:8443"),
        ("HTTPS://Samverka.Byran.SE", "https://samverka.byran.se"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("https://[::1]:9000", "https://[::1]:9000"),
    ],
)
def test_an_address_is_read_as_it_was_meant(written: str, meant: str) -> None:
    assert read_address(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "byrån",
        "https://",
        "https://byrån utan punkt",
        "ftp://byran.se",
        "https://a.se:port",
        "a@b.se",
        "[::1",
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(RemoteError) as raised:
        read_address(written)
    assert raised.value.code == "server_address_invalid"


def test_plain_http_to_another_machine_is_refused() -> None:
    with pytest.raises(RemoteError) as raised:
        read_address("http://samverka.byran.se")
    assert raised.value.code == "server_address_unsafe"
