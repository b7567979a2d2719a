"""What the activation asks of a service's form.

The forms themselves are data (resources/catalogue/services.toml), and what their rules mean is in
app.catalogue, which stands above the domain: its ``Service`` has this shape. Nothing here knows a service by
its code, so a new service or variant is an entry in the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

VARIANT = "variant"
PAYER = "payer"
PERIOD = "period_months"
"""Fields that have a place of their own in an activation's item; the others are its options."""


class FormOption(Protocol):
    """One choice in a field."""

    @property
    def value(self) -> str:
        """Return the code that is stored and sent."""
        ...


class FormField(Protocol):
    """One question of the form."""

    @property
    def name(self) -> str:
        """Return its name, such as ``variant``."""
        ...

    @property
    def options(self) -> Sequence[FormOption]:
        """Return its choices in the order shown."""
        ...


class FormCaution(Protocol):
    """Something to be told, though it is allowed."""

    @property
    def code(self) -> str:
        """Return its code in the catalogue."""
        ...


class ServiceForm(Protocol):
    """The form of one service."""

    @property
    def code(self) -> str:
        """Return the service's code."""
        ...

    @property
    def engagement_types(self) -> tuple[str, ...]:
        """Return the types of engagement that fit, the best first; empty where all do."""
        ...

    @property
    def shows_licences_left(self) -> bool:
        """Tell whether the firm has so and so many licences of it."""
        ...

    @property
    def bound_to_legal_form(self) -> bool:
        """Tell whether it must end before the company's legal form can change."""
        ...

    def fields_for(self, branch: str) -> Sequence[FormField]:
        """Return the questions that are asked in this branch."""
        ...

    def preset_values(
        self, facts: Mapping[str, str], present: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """Return what the form begins with: what the customer has, else the defaults, within the rules."""
        ...

    def refused_options(self, field_name: str, facts: Mapping[str, str]) -> Mapping[str, object]:
        """Return the options that may not be chosen now, each with its reason."""
        ...

    def cautions_for(self, values: Mapping[str, str], facts: Mapping[str, str]) -> Sequence[FormCaution]:
        """Return the warnings that apply to these values."""
        ...

    def lost_modules(self, present_variant: str, chosen_variant: str) -> Sequence[object]:
        """Return what the customer loses by a change of variant."""
        ...


def allowed_values(form: ServiceForm, field: FormField, facts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the field's values that may be chosen beside the other answers, in the order shown."""
    refused = form.refused_options(field.name, facts)
    return tuple(option.value for option in field.options if option.value not in refused)


def settle_values(
    form: ServiceForm,
    given: Mapping[str, str],
    present: Mapping[str, str],
    facts: Mapping[str, str],
) -> dict[str, str]:
    """Return an answer for each question that is asked: what is given where the rules allow it.

    Otherwise what the form begins with, else the only value that is allowed. What has several and no
    default that fits is left empty: the person chooses.
    """
    preset = form.preset_values(facts, present)
    settled: dict[str, str] = {}
    for field in form.fields_for(facts.get("branch", "")):
        allowed = allowed_values(form, field, {**facts, **settled})
        only = allowed[0] if len(allowed) == 1 else ""
        wanted = (given.get(field.name, ""), preset.get(field.name, ""), only)
        settled[field.name] = next((value for value in wanted if value in allowed), "")
    return settled
