"""Everything that can be in the outbox has words that a bookkeeper reads."""

import pytest

from app.domain.commands import COMMAND_TYPES
from app.domain.customer_effects import CONTACT_FIELDS, CUSTOMER_FIELDS, ENGAGEMENT_FIELDS
from app.domain.ending_effects import AGREEMENT_FIELDS
from app.domain.staff_effects import FIRM_FIELDS, STAFF_FIELDS
from ui.outbox.wording import COMMANDS, FIELDS, attention_look, command_words, field_words, value_words

CHANGEABLE = (
    CUSTOMER_FIELDS | CONTACT_FIELDS | ENGAGEMENT_FIELDS | AGREEMENT_FIELDS | STAFF_FIELDS | FIRM_FIELDS
)


@pytest.mark.parametrize("type_name", sorted(COMMAND_TYPES))
def test_every_command_has_words(type_name: str) -> None:
    assert command_words(type_name) != type_name


@pytest.mark.parametrize("name", sorted(CHANGEABLE))
def test_every_field_that_can_conflict_has_words(name: str) -> None:
    assert field_words(name) != name


def test_what_is_not_known_is_shown_as_it_is() -> None:
    assert command_words("customer.sing") == "customer.sing"
    assert field_words("colour") == "colour"


def test_no_words_are_left_for_what_there_is_not() -> None:
    protected = {"protected", "protected_staff_ids"}
    of_activations_and_invitations = {"services", "recipient", "made_by", "sent_by"}
    assert set(COMMANDS) <= set(COMMAND_TYPES)
    assert set(FIELDS) <= CHANGEABLE | protected | of_activations_and_invitations


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("organisation_number", "198507099805", "850709-••••"),
        ("organisation_number", "165560360793", "556036-0793"),
        ("kind", "sole_firm", "Enskild firma"),
        ("payer", "firm", "byrån"),
        ("due_diligence", {"state": "done", "done_on": "2026-03-01", "review_on": None}, "klar, 2026-03-01"),
        ("is_main", True, "ja"),
        ("type", "year_end", "Bokslut"),
        ("variant", "fakturering", "Fakturering"),
        ("variant", "of_a_newer_server", "of_a_newer_server"),
        ("options", {"pricing": "per_item"}, "Styckpris"),
        ("office", "", "–"),
        ("name", "all in AB", "all in AB"),
    ],
)
def test_a_value_is_read_as_words(name: str, value: object, words: str) -> None:
    assert value_words(name, value) == words


@pytest.mark.parametrize(
    ("kind", "look"),
    [
        ("conflict", ("bad", "alert-circle-filled")),
        ("activation_refused", ("bad", "alert-circle-filled")),
        ("invitation_problem", ("wait", "alert-triangle")),
    ],
)
def test_a_fault_looks_like_one_wherever_it_is_listed(kind: str, look: tuple[str, str]) -> None:
    assert attention_look(kind) == look
