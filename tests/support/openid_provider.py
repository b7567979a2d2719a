"""npm's oidc-provider as a process: an OpenID provider that we did not write, and a person in a browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

from tests.support.npm import node_folder

CLIENT_ID = "samverka"
CLIENT_SECRET = "a secret of the tests & more"
SECONDS = 60


@contextmanager
def openid_provider(redirect_uri: str, folder: Path, *words: str) -> Iterator[str]:
    """Run the provider and give its issuer. ``words`` are provider.mjs's; its remarks land in ``folder``."""
    program = Path(__file__).parent / "node" / "provider.mjs"
    environment = {**os.environ, "NODE_FOLDER": str(node_folder())}
    with (folder / "provider.log").open("ab") as log:
        process = subprocess.Popen(
            ["node", str(program), redirect_uri, *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())["issuer"]
        finally:
            process.kill()
            process.wait(SECONDS)
            if process.stdout is not None:
                process.stdout.close()


class Person:
    """Signs in at the provider's own pages as ``login``, with a browser's cookies, and follows it back."""

    def __init__(self, login: str) -> None:
        self._login = login
        self.browser = requests.Session()
        self.browser.trust_env = False
        self.visited: list[str] = []

    def visit(self, address: str, *, stop_at: str = "") -> requests.Response:
        """Open an address, fill in what the provider asks, and return the page on which it ends.

        ``stop_at`` is an address (its beginning) that is not opened: the answer that leads there is returned.
        """
        answer = self._open("GET", address, {}, stop_at)
        # Sign-in, then consent: two forms of the provider's own.
        while "/interaction/" in str(answer.url):
            action = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="([^"]+)"', answer.text)
            assert action is not None, answer.text[:400]
            assert prompt is not None, answer.text[:400]
            form = {"prompt": prompt.group(1), "login": self._login, "password": "any"}
            answer = self._open("POST", urljoin(str(answer.url), unescape(action.group(1))), form, stop_at)
        return answer

    def _open(self, method: str, address: str, form: dict[str, str], stop_at: str) -> requests.Response:
        while True:
            self.visited.append(f"{urlsplit(address).netloc}{urlsplit(address).path}")
            answer = self.browser.request(
                method, address, data=form or None, allow_redirects=False, timeout=SECONDS
            )
            if not answer.is_redirect:
                return answer
            address = urljoin(address, answer.headers["location"])
            if stop_at and address.startswith(stop_at):
                return answer
            method, form = "GET", {}

    def close(self) -> None:
        """Close the browser."""
        self.browser.close()
