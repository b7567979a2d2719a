"""The page behind the link of the login instructions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests

from app.domain.records import Activation, Event
from app.server.gateway.vendor import CompanyQuery
from app.server.portal.links import MAXIMUM_TRIES
from tests.server.portal_site import FARM, MAJA, PortalSite, portal_site

FARM_QUERY = CompanyQuery(number=FARM.organisation_number, kind="sole_firm")


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


def confirm(link: str, code: str) -> requests.Response:
    return requests.post(link, data={"fact": code}, timeout=60)


def test_the_first_login_is_registered_and_the_firm_sees_it(site: PortalSite) -> None:
    activation_id, link, code = site.register_farm()
    page = requests.get(link, timeout=60)
    assert page.status_code == 200
    assert "Kom igång" in page.text
    assert "Visma eEkonomi" in page.text
    assert "Maja" not in page.text
    assert site.get(Activation, activation_id).logged_in_at is None, "looking is no login"
    site.clock.advance(timedelta(hours=3))
    done = confirm(link, code)
    assert "Välkommen, allt är klart" in done.text
    activation = site.get(Activation, activation_id)
    assert activation.logged_in_at == site.clock.now()
    assert [(e.what, e.by_kind) for e in site.list_all(Event)].count(("contact_logged_in", "customer")) == 1
    assert not site.gateway.has_logged_in(FARM_QUERY, MAJA)
    site.side.run_until_quiet()
    assert site.gateway.has_logged_in(FARM_QUERY, MAJA)


def test_the_page_goes_on_working_and_the_first_time_counts(site: PortalSite) -> None:
    activation_id, link, code = site.register_farm()
    confirm(link, code)
    first = site.get(Activation, activation_id).logged_in_at
    site.clock.advance(timedelta(days=3))
    assert "Välkommen" in requests.get(link, timeout=60).text
    assert "Välkommen" in confirm(link, code).text
    assert site.get(Activation, activation_id).logged_in_at == first


def test_a_scanner_that_sends_the_form_has_not_logged_in(site: PortalSite) -> None:
    activation_id, link, _ = site.register_farm()
    for typed in ("", "  ", *["AAA-AAA"] * (MAXIMUM_TRIES - 1)):
        assert confirm(link, typed).status_code == 422
    assert site.get(Activation, activation_id).logged_in_at is None


def test_digits_of_a_personal_number_are_no_code(site: PortalSite) -> None:
    _, link, _ = site.register_farm()
    assert confirm(link, FARM.organisation_number[-4:]).status_code == 422


def test_five_wrong_codes_lock_it_and_the_staff_are_told(site: PortalSite) -> None:
    activation_id, link, code = site.register_farm()
    for _ in range(MAXIMUM_TRIES):
        last = confirm(link, "AAA-AAA")
    assert last.status_code == 403
    assert confirm(link, code).status_code == 403
    assert requests.get(link, timeout=60).status_code == 403
    assert site.get(Activation, activation_id).logged_in_at is None
    assert "set_up_locked" in [e.what for e in site.list_all(Event)]
