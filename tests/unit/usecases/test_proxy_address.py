"""The address of a proxy, as people write it."""

import pytest

from app.errors import RemoteError
from app.usecases.setup import read_proxy


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("  ", ""),
        ("proxy", "http://proxy:8080"),
        ("proxy.byran.example", "http://proxy.byran.example:8080"),
        (" proxy.byran.example:3128 ", "http://proxy.byran.example:3128"),
        ("https://proxy.byran.example/", "https://proxy.byran.example:8080"),
        ("http://[::1]:81", "http://[::1]:81"),
    ],
)
def test_an_address_is_completed(text: str, address: str) -> None:
    assert read_proxy(text) == address


@pytest.mark.parametrize(
    "text", ["ftp://proxy:1", "http://proxy/pac.js", "http://", "proxy:port", "proxy:99999", "min proxy"]
)
def test_what_is_no_proxy_is_refused(text: str) -> None:
    with pytest.raises(RemoteError) as refused:
        read_proxy(text)
    assert refused.value.code == "proxy_address_invalid"


def test_a_password_is_not_kept_in_the_clear() -> None:
    with pytest.raises(RemoteError) as refused:
        read_proxy("http://anna:hemligt@proxy.byran.example:8080")
    assert refused.value.code == "proxy_password_refused"
