"""Answers, guesses and withdrawals that meet: two tabs, two people, a customer and the firm."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.commands import WithdrawInvitation
from app.domain.effects import RejectedError
from app.domain.records import Event, Invitation
from tests.server.portal_site import PortalSite, answer, portal_site

APPROVED = {"scanner": "approved", "utlagg": "approved"}
DECLINED = {"scanner": "declined", "utlagg": "declined"}
MANY = 12


@pytest.fixture
def site(database: str) -> Iterator[PortalSite]:
    with portal_site(database) as running:
        yield running


def told(site: PortalSite, what: str) -> int:
    return sum(event.what == what for event in site.list_all(Event))


def test_of_answers_that_come_at_once_one_counts_whole(site: PortalSite) -> None:
    invitation, link, code = site.invite("scanner", "utlagg")
    with ThreadPoolExecutor(MANY) as pool:
        sent = [(pool.submit(answer, link, code, each), each) for each in (APPROVED, DECLINED) * (MANY // 2)]
        pages = [(future.result(60).status_code, each) for future, each in sent]
    won = {tuple(each.values()) for status, each in pages if status == 200}
    assert len(won) == 1, "the same answer again is the same page; the other one meets a used link"
    assert sorted(status for status, _ in pages) == [200] * (MANY // 2) + [404] * (MANY // 2)
    answered = site.get(Invitation, invitation.id)
    assert answered.state == "answered"
    assert told(site, "approved") + told(site, "declined") == 2, "once for each service"
    states = {state for service, state in site.states().items() if service in APPROVED}
    assert len(states) == 1, states


def test_an_answer_and_a_withdrawal_that_meet_are_one_or_the_other(site: PortalSite) -> None:
    invitation, link, code = site.invite("scanner", "utlagg")

    def withdraw() -> str:
        try:
            site.command(WithdrawInvitation(invitation_id=invitation.id))
        except RejectedError as rejected:
            return rejected.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        answering, withdrawing = pool.submit(answer, link, code, APPROVED), pool.submit(withdraw)
        is_answered, refused = answering.result(60).status_code == 200, withdrawing.result(60)
    assert refused == ("answered" if is_answered else "")
    assert site.get(Invitation, invitation.id).state == ("answered" if is_answered else "withdrawn")
    assert answer(link, code, DECLINED).status_code == 404


def test_guesses_that_come_at_once_are_all_counted(site: PortalSite) -> None:
    invitation, link, code = site.invite("scanner", "utlagg")
    with ThreadPoolExecutor(MANY) as pool:
        pages = list(pool.map(lambda number: answer(link, f"AAA-{number:03}", APPROVED), range(MANY)))
    assert sorted(page.status_code for page in pages) == [403] * (MANY - 4) + [422] * 4
    assert told(site, "invitation_locked") == 1
    assert answer(link, code, APPROVED).status_code == 403, "locked for who knows it, too"
    assert site.get(Invitation, invitation.id).state == "sent"
