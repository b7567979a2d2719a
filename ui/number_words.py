"""What is wrong with a number that somebody types in a form."""

from collections.abc import Mapping
from typing import Final

from app.domain.identity import NumberError, ParsedNumber
from ui.messages import Messages

_IN_FORMS: Final[Mapping[str, str]] = {
    NumberError.PLACEHOLDER: "number_made_up",
    NumberError.WRONG_CHECK_DIGIT: "number_mistyped",
    NumberError.PERSONAL_AS_ORGANISATION: "number_of_person",
    NumberError.ORGANISATION_AS_PERSONAL: "number_of_organisation",
}
"""Errors of which the usual sentence goes on with what an import makes of the customer."""
_LONGEST = 20


def number_problem(messages: Messages, found: ParsedNumber) -> str:
    """Return in one line what is wrong with the number, which is named as it was typed; "" for nothing."""
    if found.error is None:
        return ""
    typed = found.text.strip()
    number = typed if len(typed) <= _LONGEST else typed[:_LONGEST] + "…"
    return messages.sentence(_IN_FORMS.get(found.error, found.error), number=number).partition("\n")[0]
