"""E-mails to customers: what they say, and what hostile names cannot do to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from app.letters import (
    PREVIEW_CODE,
    PREVIEW_LINK,
    CollaborationEnds,
    CollaborationGoesOn,
    Information,
    InvitationReminder,
    InvitationReplaced,
    InvitationRequest,
    InvitationWithdrawn,
    LetterContent,
    LetterError,
    LoginInstructions,
    write_letter,
)

FIRM, COMPANY, PERSON = "Lindgrens Redovisning AB", "Bergströms El i Umeå AB", "Per Bergström"
SERVICES = ("Visma Lön Smart", "Visma Utlägg")
LINK, CODE = "https://byra.example/i/q1w2e3", "482 193"

INVITATION = InvitationRequest(
    firm_name=FIRM,
    company_name=COMPANY,
    recipient_name=PERSON,
    services=SERVICES,
    sender_name="Sara Lind",
    link=LINK,
    code=CODE,
    expires_on=date(2026, 12, 23),
)
LOGIN = LoginInstructions(
    firm_name=FIRM, company_name=COMPANY, recipient_name=PERSON, services=SERVICES, link=LINK
)
REMINDER = InvitationReminder(
    firm_name=FIRM,
    company_name=COMPANY,
    recipient_name=PERSON,
    services=SERVICES,
    sent_on=date(2026, 11, 9),
    expires_on=date(2026, 12, 9),
)
INFORMATION = Information(
    firm_name=FIRM,
    company_name=COMPANY,
    recipient_name="Anna Holm",
    services=SERVICES,
    approvers=(PERSON, "Eva Ek"),
)
WITHDRAWN = InvitationWithdrawn(
    firm_name=FIRM, company_name=COMPANY, recipient_name=PERSON, services=SERVICES
)
REPLACED = InvitationReplaced(firm_name=FIRM, company_name=COMPANY, recipient_name=PERSON, services=SERVICES)
ENDS = CollaborationEnds(
    firm_name=FIRM,
    company_name=COMPANY,
    recipient_name=PERSON,
    services=SERVICES,
    on=date(2026, 12, 31),
    consequence="Uppgifterna kan bara läsas efter slutdatumet.",
)
GOES_ON = CollaborationGoesOn(firm_name=FIRM, company_name=COMPANY, recipient_name=PERSON, services=SERVICES)
ALL = [INVITATION, LOGIN, REMINDER, INFORMATION, WITHDRAWN, REPLACED, ENDS, GOES_ON]


class Reader(HTMLParser):
    """Collects what a mail program would show and follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words += data.split()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("content", ALL, ids=lambda content: type(content).__name__)
def test_every_letter_names_firm_company_and_services(content: LetterContent, language: str) -> None:
    letter = write_letter(content, language)
    assert "\n" not in letter.subject
    assert COMPANY in letter.subject
    for expected in (FIRM, *SERVICES):
        assert expected in letter.text
    assert "{" not in letter.text
    assert f'<html lang="{language}">' in letter.html


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("content", ALL, ids=lambda content: type(content).__name__)
def test_text_and_html_say_the_same(content: LetterContent, language: str) -> None:
    letter = write_letter(content, language)
    shown = Reader(letter.html).words
    said = letter.text.replace("- ", "").replace(f": {CODE}", f" {CODE}").split()
    missing = [word for word in said if word not in shown and word.removesuffix(":") not in shown]
    assert missing == []


def test_the_invitation_explains_link_and_code() -> None:
    letter = write_letter(INVITATION)
    assert letter.subject == f"{FIRM} bjuder in {COMPANY} till samarbete"
    assert f"Svara på inbjudan:\n{LINK}\n" in letter.text
    assert f"Din kod: {CODE}" in letter.text
    assert "Svara senast 2026-12-23" in letter.text
    assert "organisationsnummer" not in letter.text
    assert Reader(letter.html).links == [LINK]


def test_a_legal_person_may_type_its_number_instead() -> None:
    assert "fyra sista siffrorna" in write_letter(replace(INVITATION, asks_number=True)).text
    assert "last four digits" in write_letter(replace(INVITATION, asks_number=True), "en").text


@pytest.mark.case(14)
def test_a_request_for_access_says_who_decides() -> None:
    letter = write_letter(replace(INVITATION, requests_access=True))
    assert letter.subject == f"{FIRM} begär tillgång till tjänster hos {COMPANY}"
    assert f"{COMPANY} bestämmer fortfarande variant, avtalsperiod och fakturamottagare." in letter.text


@pytest.mark.case(4)
def test_an_invitation_sent_anew_says_that_the_old_link_is_dead() -> None:
    assert "ersätter ett tidigare" not in write_letter(INVITATION).text
    assert "ersätter ett tidigare" in write_letter(replace(INVITATION, replaces_earlier=True)).text


@pytest.mark.case(6)
def test_a_reminder_with_and_without_a_new_link() -> None:
    assert "mejlet som kom den 2026-11-09" in write_letter(REMINDER).text
    anew = write_letter(replace(REMINDER, link=LINK, code=CODE))
    assert f"Svara på inbjudan:\n{LINK}\n" in anew.text


def test_login_instructions_sent_again_say_so() -> None:
    assert "ersätter ett tidigare" not in write_letter(LOGIN).text
    assert "ersätter ett tidigare" in write_letter(replace(LOGIN, sent_again=True)).text


def test_information_asks_for_nothing_and_names_those_who_answer() -> None:
    letter = write_letter(INFORMATION)
    assert f"{PERSON}, Eva Ek" in letter.text
    assert Reader(letter.html).links == []


def test_an_unnamed_recipient_is_greeted_without_a_name() -> None:
    assert write_letter(replace(INVITATION, recipient_name="")).text.startswith("Hej!\n")
    assert write_letter(replace(INVITATION, recipient_name=""), "en").text.startswith("Hello,\n")


def test_a_preview_has_no_working_link() -> None:
    letter = write_letter(replace(INVITATION, link=PREVIEW_LINK, code=PREVIEW_CODE))
    assert PREVIEW_LINK in letter.text
    assert PREVIEW_CODE in letter.html


HOSTILE_NAMES = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% for x in y %}",
    "</title><a href='https://evil.example'>här</a>",
    "Å" * 300,
    "&lt;b&gt; & Söner",
    "- punkt",
    "Din kod: 000 000",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("content", ALL, ids=lambda content: type(content).__name__)
def test_a_hostile_name_is_only_a_name(content: LetterContent, name: str) -> None:
    plain, hostile = (
        write_letter(one)
        for one in (content, replace(content, company_name=name, recipient_name=name, services=(name,) * 2))
    )
    assert name in hostile.text
    assert Reader(hostile.html).tags == Reader(plain.html).tags
    assert Reader(hostile.html).links == Reader(plain.html).links
    message = EmailMessage()
    message["Subject"] = hostile.subject
    assert message["Subject"] == hostile.subject


@pytest.mark.parametrize(
    "name",
    ["Berg\nBcc: all@evil.example", "Berg\r\n\r\nHej", "Berg\x00", "Berg\u2028Ek", "Berg\x85Ek", "\udc80"],
)
@pytest.mark.parametrize("field", ["firm_name", "company_name", "recipient_name", "services"])
def test_a_line_break_in_a_value_is_refused(name: str, field: str) -> None:
    with pytest.raises(LetterError) as caught:
        write_letter(replace(INVITATION, **{field: (name,) if field == "services" else name}))
    assert (caught.value.code, caught.value.data) == ("letter_unsafe_text", {"field": field})


def test_marks_that_turn_the_writing_are_left_out() -> None:
    letter = write_letter(replace(INVITATION, company_name="Berg \u202eBA lE"))
    assert "\u202e" not in letter.text + letter.html + letter.subject


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", 'https://a.example/"onclick=x', "https://a b", "ftp://x"]
)
def test_only_web_links_are_sent(link: str) -> None:
    with pytest.raises(LetterError, match="letter_unsafe_link"):
        write_letter(replace(LOGIN, link=link))


@pytest.mark.parametrize(
    "content",
    [
        replace(INVITATION, code=""),
        replace(INVITATION, link=""),
        replace(INVITATION, services=()),
        replace(INVITATION, company_name="  "),
        replace(INFORMATION, approvers=()),
        replace(REMINDER, link=LINK),
    ],
)
def test_a_letter_without_what_it_needs_is_refused(content: LetterContent) -> None:
    with pytest.raises(LetterError, match="letter_incomplete"):
        write_letter(content)
