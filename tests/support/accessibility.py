"""axe-core of npm: what is wrong with a page for those who do not see, hear or point as most people do."""

from __future__ import annotations

from typing import Any

from selenium import webdriver

from tests.support.npm import node_folder

_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']})
  .then(done, error => done({error: String(error)}));
"""


def list_violations(opened: webdriver.Chrome) -> list[str]:
    """Return one line per violation on the page that is open: rule, how grave, and the first place."""
    source = (node_folder() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    opened.execute_script(source)
    found: dict[str, Any] = opened.execute_async_script(_RUN)
    assert "error" not in found, found["error"]
    return [
        f"{each['id']} ({each['impact']}): {each['nodes'][0]['html'][:160]}" for each in found["violations"]
    ]
