"""Every page that opens in a browser, held against axe-core: light and dark, on a phone and on a screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from app.server.options import OpenIdOptions
from tests.server.identity_site import new_verifier, sign_in_site
from tests.server.portal_site import PER, PortalSite, answer, link_and_code, portal_site
from tests.support.accessibility import list_violations
from tests.support.browser import browser, show_as

PATIENCE = 60
LOOKS = [(375, False), (375, True), (1280, False), (1280, True)]


@pytest.fixture(scope="module")
def opened() -> Iterator[webdriver.Chrome]:
    with browser() as made:
        yield made


@pytest.fixture
def site(tmp_path: Path) -> Iterator[PortalSite]:
    with portal_site(f"sqlite:///{tmp_path / 'server.db'}") as running:
        yield running


def send(opened: webdriver.Chrome) -> None:
    before = opened.find_element(By.TAG_NAME, "html")
    opened.find_element(By.ID, "submit").click()
    WebDriverWait(opened, PATIENCE).until(lambda driver: driver.find_element(By.TAG_NAME, "html") != before)


def check(opened: webdriver.Chrome, name: str) -> None:
    """Look at the page that is open in every look; SAMVERKA_PICTURES names a folder for pictures of them."""
    folder = os.environ.get("SAMVERKA_PICTURES", "")
    for width, dark in LOOKS:
        show_as(opened, width=width, dark=dark)
        if folder:
            height = opened.execute_script("return document.documentElement.scrollHeight")
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
            opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            opened.save_screenshot(str(Path(folder) / f"{name}-{width}-{'dark' if dark else 'light'}.png"))
        assert list_violations(opened) == [], (name, width, dark)
        overflow = opened.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{name} is wider than {width} pixels"
    assert opened.find_elements(By.TAG_NAME, "script") == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_invitations_pages(site: PortalSite, opened: webdriver.Chrome, language: str) -> None:
    _, link, code = site.invite("scanner", "utlagg")
    opened.get(f"{link}?lang={language}")
    check(opened, f"invitation-{language}")
    opened.find_element(By.ID, "scanner-approved").click()
    opened.find_element(By.ID, "fact").send_keys("AAA-AAA")
    send(opened)
    check(opened, f"problem-{language}")
    opened.find_element(By.ID, "utlagg-declined").click()
    opened.find_element(By.ID, "fact").clear()
    opened.find_element(By.ID, "fact").send_keys(code)
    send(opened)
    assert opened.find_element(By.ID, "answered")
    check(opened, f"answered-{language}")
    opened.get(f"{link}?lang={language}")
    assert opened.find_elements(By.TAG_NAME, "form") == []
    check(opened, f"gone-{language}")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_new_accounts_pages(site: PortalSite, opened: webdriver.Chrome, language: str) -> None:
    _, link, code = site.register_farm()
    opened.get(f"{link}?lang={language}")
    check(opened, f"setup-{language}")
    opened.find_element(By.ID, "fact").send_keys(code)
    send(opened)
    check(opened, f"setup-done-{language}")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_customers_own_pages(site: PortalSite, opened: webdriver.Chrome, language: str) -> None:
    _, link, code = site.invite("scanner", "utlagg")
    answer(link, code, {"scanner": "approved", "utlagg": "approved"})
    site.side.run_until_quiet()
    own, own_code = link_and_code(site.mails(PER)[-1].text)
    opened.get(f"{own}?lang={language}")
    check(opened, f"manage-{language}")
    opened.find_element(By.ID, "fact").send_keys(own_code)
    send(opened)
    check(opened, f"manage-problem-{language}")
    opened.find_element(By.ID, "scanner").click()
    send(opened)
    told = opened.find_element(By.ID, "ended").text
    goes_on = {
        "sv": "Samarbetet fortsätter i Visma Utlägg.",
        "en": "The collaboration goes on in Visma Utlägg.",
    }
    assert goes_on[language] in told
    assert site.states() == {"scanner": "ended", "utlagg": "active"}
    check(opened, f"ended-{language}")


def test_the_locked_page(site: PortalSite, opened: webdriver.Chrome) -> None:
    _, link, _ = site.invite("scanner")
    for _ in range(5):
        requests.post(link, data={"answer-scanner": "approved", "fact": "AAA-AAA"}, timeout=60)
    opened.get(link)
    check(opened, "locked")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sign_in_page(tmp_path: Path, opened: webdriver.Chrome, language: str) -> None:
    def providers(_: str) -> list[OpenIdOptions]:
        return [
            OpenIdOptions(issuer="https://login.microsoftonline.com/x/v2.0", client_id="a", name="Microsoft"),
            OpenIdOptions(issuer="https://accounts.google.com", client_id="b", name="Google"),
        ]

    with ExitStack() as stack:
        database = f"sqlite:///{tmp_path / 'server.db'}"
        site = stack.enter_context(sign_in_site(database, providers=providers))
        question = site.question(new_verifier()) | {"lang": language}
        opened.get(f"{site.url}/oauth/authorize?{urlencode(question)}")
        check(opened, f"sign-in-{language}")
        opened.get(f"{site.url}/oauth/authorize?client_id=somebody&lang={language}")
        check(opened, f"untrusted-{language}")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_of_an_address_that_is_none(
    site: PortalSite, opened: webdriver.Chrome, language: str
) -> None:
    opened.get(f"{site.url}/i/?lang={language}")
    assert opened.find_element(By.ID, "message")
    check(opened, f"not-found-{language}")


def test_the_check_can_fail(opened: webdriver.Chrome) -> None:
    show_as(opened)
    opened.get("data:text/html,<html><body><img src=x><p style='color:%23999'>pale</p><input></body></html>")
    found = " ".join(list_violations(opened))
    for rule in ("image-alt", "color-contrast", "label", "html-has-lang", "document-title"):
        assert rule in found
