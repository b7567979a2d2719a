"""The customer's side in a real browser: keyboard alone, on a phone's width, in the dark, without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from app.domain.records import Activation, Invitation
from tests.server.identity_site import EMAIL, PASSWORD, new_verifier, sign_in_site
from tests.server.portal_site import PortalSite, portal_site
from tests.support.browser import browser, show_as

PATIENCE = 60


@pytest.fixture
def site(tmp_path: Path) -> Iterator[PortalSite]:
    with portal_site(f"sqlite:///{tmp_path / 'server.db'}") as running:
        yield running


def send(opened: webdriver.Chrome) -> None:
    """Press the form's button and wait for the next page."""
    before = opened.find_element(By.TAG_NAME, "html")
    opened.find_element(By.ID, "submit").click()
    WebDriverWait(opened, PATIENCE).until(lambda driver: driver.find_element(By.TAG_NAME, "html") != before)


def heading(opened: webdriver.Chrome) -> str:
    return opened.find_element(By.TAG_NAME, "h1").text


def test_a_person_approves_one_and_declines_the_other(site: PortalSite) -> None:
    invitation, link, code = site.invite()
    with browser() as opened:
        opened.get(link)
        assert heading(opened) == "Inbjudan till samarbete"
        opened.find_element(By.ID, "scanner-approved").click()
        opened.find_element(By.ID, "fact").send_keys("AAA-AAA")
        send(opened)
        assert "Välj Godkänn eller Avböj för Visma Utlägg." in opened.find_element(By.ID, "problem").text
        assert opened.find_element(By.ID, "scanner-approved").is_selected(), "what was chosen is kept"
        opened.find_element(By.ID, "utlagg-declined").click()
        opened.find_element(By.ID, "words").send_keys("Vi kör utlägg på annat håll.")
        send(opened)
        assert "Du kan försöka 4 gånger till" in opened.find_element(By.ID, "fact-problem").text
        assert opened.find_element(By.ID, "words").get_attribute("value") == "Vi kör utlägg på annat håll."
        opened.find_element(By.ID, "fact").send_keys(code)
        send(opened)
        assert heading(opened) == "Tack, svaret är skickat"
        shown = [row.text.split("\n") for row in opened.find_elements(By.CSS_SELECTOR, ".answers li")]
        assert shown == [["Visma Scanner", "Godkänt"], ["Visma Utlägg", "Avböjt"]]
        opened.get(link)
        assert heading(opened) == "Länken gäller inte"
        assert opened.get_cookies() == []
    assert site.states() == {"scanner": "active", "utlagg": "declined"}
    assert site.get(Invitation, invitation.id).words == "Vi kör utlägg på annat håll."


def test_it_works_with_the_keyboard_alone_and_without_script(site: PortalSite) -> None:
    invitation, link, code = site.invite("scanner")
    with browser(language="en", script=False) as opened:
        opened.get(link)
        assert heading(opened) == "Invitation to collaborate"
        reached = []
        for _ in range(12):
            opened.switch_to.active_element.send_keys(Keys.TAB)
            name = opened.switch_to.active_element.get_attribute("id") or ""
            reached.append(name)
            if name == "scanner-approved":
                opened.switch_to.active_element.send_keys(Keys.SPACE)
            elif name == "fact":
                opened.switch_to.active_element.send_keys(code.lower())
            elif name == "submit":
                opened.switch_to.active_element.send_keys(Keys.ENTER)
                break
        order = [name for name in reached if name in ("scanner-approved", "words", "fact", "name", "submit")]
        assert order == ["scanner-approved", "words", "fact", "name", "submit"]
        WebDriverWait(opened, PATIENCE).until(lambda driver: "Thank you" in heading(driver))
    assert site.get(Invitation, invitation.id).state == "answered"


def test_the_contact_of_a_new_company_confirms_the_first_login(site: PortalSite) -> None:
    activation_id, link, code = site.register_farm()
    with browser() as opened:
        opened.get(link)
        assert heading(opened) == "Kom igång"
        opened.find_element(By.ID, "fact").send_keys(code)
        send(opened)
        assert heading(opened) == "Välkommen, allt är klart"
    assert site.get(Activation, activation_id).logged_in_at is not None


def test_it_fits_a_phone_and_every_field_has_a_name(site: PortalSite) -> None:
    _, link, _ = site.invite()
    with browser() as opened:
        for width in (320, 390, 1280):
            show_as(opened, width=width)
            opened.get(link)
            assert opened.execute_script("return document.documentElement.scrollWidth") <= width
        for field in opened.find_elements(By.CSS_SELECTOR, "input:not([type=hidden]), textarea, button"):
            assert field.accessible_name.strip(), field.get_attribute("outerHTML")
            box = field if field.get_attribute("type") != "radio" else field.find_element(By.XPATH, "..")
            assert box.size["height"] >= 44, "big enough for a finger"
        groups = opened.find_elements(By.TAG_NAME, "fieldset")
        assert [group.accessible_name for group in groups] == ["Visma Scanner", "Visma Utlägg"]


_CONTRAST = """
function part(v) { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); }
function light(c) { return 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]); }
function read(text) { return text.match(/[\\d.]+/g).map(Number); }
function behind(node) {
  for (; node; node = node.parentElement) {
    const c = read(getComputedStyle(node).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c;
  }
  return [255, 255, 255];
}
const found = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const node = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || node.offsetParent === null) continue;
  const a = light(read(getComputedStyle(node).color)), b = light(behind(node));
  found.push([walk.currentNode.data.trim(), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)]);
}
return found;
"""


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_can_be_read(site: PortalSite, dark: bool) -> None:
    _, link, code = site.invite()
    with browser() as opened:
        show_as(opened, dark=dark)
        opened.get(link)
        opened.find_element(By.ID, "scanner-approved").click()
        send(opened)
        pages = [opened.execute_script(_CONTRAST)]
        opened.find_element(By.ID, "utlagg-declined").click()
        opened.find_element(By.ID, "fact").send_keys(code)
        send(opened)
        pages.append(opened.execute_script(_CONTRAST))
    for texts in pages:
        assert len(texts) >= 8
        faint = [(text, round(ratio, 2)) for text, ratio in texts if ratio < 4.5]
        assert faint == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_signing_in_comes_back_to_the_program(tmp_path: Path, host: str) -> None:
    redirect = f"http://{host}:9/callback"
    with sign_in_site(f"sqlite:///{tmp_path / 'server.db'}") as site, browser() as opened:
        verifier = new_verifier()
        question = urlencode(site.question(verifier, redirect_uri=redirect))
        opened.get(f"{site.url}/oauth/authorize?{question}")
        assert opened.switch_to.active_element.get_attribute("id") == "email"
        opened.find_element(By.ID, "email").send_keys(EMAIL)
        opened.find_element(By.ID, "password").send_keys("fel lösenord")
        send(opened)
        assert "stämmer inte" in opened.find_element(By.ID, "problem").text
        opened.find_element(By.ID, "password").send_keys(PASSWORD)
        opened.find_element(By.ID, "submit").click()
        # Nobody listens there: the address that the browser was sent to is what counts.
        WebDriverWait(opened, PATIENCE).until(lambda driver: driver.current_url.startswith(redirect))
        answer = parse_qs(urlsplit(opened.current_url).query)
        assert site.exchange(answer["code"][0], verifier, redirect).status_code == 200
