"""Debian's Chromium without a screen, for the pages that a customer opens."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@contextmanager
def browser(*, language: str = "sv", script: bool = True) -> Iterator[webdriver.Chrome]:
    """Open a browser with a profile of its own. Without ``script`` pages cannot run any."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("Chromium is not installed (packaging/linux/packages-test.txt names it)")
    with tempfile.TemporaryDirectory(prefix="samverka-browser", ignore_cleanup_errors=True) as folder:
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (*_FLAGS, f"--accept-lang={language}", f"--user-data-dir={Path(folder) / 'profile'}"):
            options.add_argument(flag)
        if not script:
            off = {"profile.managed_default_content_settings.javascript": 2}
            options.add_experimental_option("prefs", off)
        opened = webdriver.Chrome(options=options, service=Service(driver))
        try:
            yield opened
        finally:
            opened.quit()


def show_as(opened: webdriver.Chrome, *, width: int = 1280, dark: bool = False) -> None:
    """Let the page look as on a screen of this width, with this colour scheme.

    Without motion: in the middle of a transition a colour is one that nobody reads.
    """
    features = [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
