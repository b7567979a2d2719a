"""What the rules ask about a vendor's service: how it ends, what must end first, which values go together.

The answers are data (resources/catalogue/services.toml). app.catalogue stands above the domain: its
``Catalogue`` has the shape of ``Terms`` here, and is handed in with the ``Context``. Nothing here knows a
service by its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class EndChoice(Protocol):
    """One way to end a service."""

    @property
    def code(self) -> str:
        """Return the code that is stored and sent."""
        ...

    @property
    def deletes(self) -> bool:
        """Tell whether data is gone afterwards, so that the confirmation is typed."""
        ...


class ChecklistItem(Protocol):
    """Something to be done before the end."""

    @property
    def code(self) -> str:
        """Return the code that is ticked."""
        ...

    @property
    def required(self) -> bool:
        """Tell whether the service cannot end before it is done."""
        ...

    @property
    def known_from(self) -> str:
        """Return the field of Registration that says whether it is still to be done, or ""."""
        ...

    @property
    def refusal(self) -> str:
        """Return the code that an end is refused with while the vendor says that it is not done."""
        ...


class Refusal(Protocol):
    """A value that may not be chosen."""

    @property
    def field(self) -> str:
        """Return the name of the form's field."""
        ...


class ServiceTerms(Protocol):
    """One service."""

    @property
    def known(self) -> bool:
        """Tell whether this version's catalogue has the service: what is not known is not judged."""
        ...

    @property
    def ends_first(self) -> tuple[str, ...]:
        """Return the services that must end before this one."""
        ...

    @property
    def end_choices(self) -> Sequence[EndChoice]:
        """Return the ways to end it."""
        ...

    @property
    def bound_to_legal_form(self) -> bool:
        """Tell whether it has to end before the customer's legal form can change."""
        ...

    def switched_off_by(self, variant: str) -> tuple[str, ...]:
        """Return what the vendor switches off at the customer with this variant (``lon_direkt``)."""
        ...

    def checklist_at(self, stage: str) -> Sequence[ChecklistItem]:
        """Return what is to be done at this stage, such as ``before_end``."""
        ...

    def refusals(self, values: Mapping[str, str], facts: Mapping[str, str]) -> Sequence[Refusal]:
        """Return what is wrong with the form's values together."""
        ...


class Terms(Protocol):
    """All services."""

    def service(self, code: str) -> ServiceTerms:
        """Return the service; an unknown code gives one that is not ``known``."""
        ...
