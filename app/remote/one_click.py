"""What a browser and a person's one click do at the sample firm's sign-in page.

Used where there is no browser to open: the first start of the sample firm, pictures, the self-test. It goes
through the same page, the same code and the same listener; a real server's page has no such button.
"""

from __future__ import annotations

import logging
import threading
from html.parser import HTMLParser
from urllib.parse import urlsplit

import requests

from app.errors import SamverkaError, SignInError

_log = logging.getLogger(__name__)
_SECONDS = 20


def click_sample_sign_in(address: str) -> None:
    """Take the place of the browser in ``sign_in``; returns at once and clicks in a thread."""
    threading.Thread(target=_click_and_log, args=(address,), name="one-click").start()


def _click_and_log(address: str) -> None:
    try:
        _click(address)
    except (requests.RequestException, SamverkaError) as error:
        # The listener says in its own time that nobody came back.
        _log.warning("the sample firm's sign-in page did not answer as expected: %s", type(error).__name__)


def _click(address: str) -> None:
    with requests.Session() as session:
        session.trust_env = False
        page = session.get(address, timeout=_SECONDS)
        form = _FirstForm()
        form.feed(page.text)
        if "as" not in form.fields:
            raise SignInError("sign_in_refused", reason="no sample account")
        parts = urlsplit(address)
        target = f"{parts.scheme}://{parts.netloc}{form.action}"
        answer = session.post(target, data=form.fields, timeout=_SECONDS, allow_redirects=False)
        session.get(answer.headers["Location"], timeout=_SECONDS)


class _FirstForm(HTMLParser):
    """The first form of a page: where it goes and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a tag."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._forms += 1
            if self._forms == 1:
                self.action = values.get("action", "")
        elif tag == "input" and self._forms == 1 and "name" in values:
            self.fields[values["name"]] = values.get("value", "")
