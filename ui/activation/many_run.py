"""What a run for many customers is at one moment, and what an edit makes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.activation_draft import ActivationDraft
from app.domain.activation_facts import Situation
from app.domain.activation_many import FactsById, ReviewedCustomer


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is decided and known at one moment; an edit makes another."""

    draft: ActivationDraft
    facts: FactsById
    situation: Situation


Edit = Callable[[Run], Run]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A run after an edit, with its review; ``free`` where it is counted anew (count_free)."""

    run: Run
    rows: tuple[ReviewedCustomer, ...]
    services: tuple[str, ...]
    free: Mapping[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A run as it begins; ``gone`` customers of a kept draft are not there any more."""

    run: Run
    is_kept: bool
    gone: int
