"""What is beyond a limit is told in words, with the field that a person knows."""

import pytest

from app.commandline.sentences import say_code
from app.domain.changes import RejectedError
from ui.messages import Messages


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("sv", "Kundnumret får ha högst 60 tecken."),
        ("en", "The customer number may have at most 60 characters."),
    ],
)
def test_the_field_has_its_name(language: str, wanted: str) -> None:
    error = RejectedError("too_long", field="customer_number", most=60)
    assert Messages(language).headline_and_body(error)[0] == wanted
    assert say_code(error.code, error.data, language).partition("\n")[0] == wanted


def test_a_field_that_nobody_writes_in_is_told_as_it_is() -> None:
    sentence = Messages("sv").sentence("number_out_of_range", field="score", least=0, most=9)
    assert sentence.startswith("score ska vara ett tal från 0 till 9.")
