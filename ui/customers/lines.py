"""A row of the customer list as the screen has it, from the first screen or from the use case."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.storage.first_screen import FirstLine
    from app.usecases.customer_list import CustomerLine


class ServiceFact(NamedTuple):
    """One service of a row: a state, and how far an unsent change of it has come."""

    service: str
    state: str
    mark: str = ""
    missing_engagement: bool = False
    ends_on: str = ""


class Line(NamedTuple):
    """One customer in the list. `handle` is the short number that the list is kept by."""

    handle: int
    id: str
    name: str
    number: str
    identity: str
    manager: str
    registered: str
    services: tuple[ServiceFact, ...]
    attention: int
    mark: str
    changed_at: datetime | None
    town: str = ""
    unlinked: int = 0


def from_use_case(line: "CustomerLine") -> Line:
    """The row of app.usecases.customer_list."""
    return Line(
        handle=line.handle,
        id=line.id,
        name=line.name,
        number=line.number,
        identity=line.identity,
        manager=line.manager,
        registered=line.registered,
        services=tuple(
            ServiceFact(chip.service, chip.state, chip.mark, chip.missing_engagement, chip.ends_on)
            for chip in line.chips
        ),
        attention=line.attention,
        mark=line.mark,
        changed_at=line.changed_at,
        town=line.town,
        unlinked=line.unlinked,
    )


def from_first_screen(line: "FirstLine") -> Line:
    """The row that was read before anything else was loaded; its chips are still JSON."""
    return Line(
        handle=line.handle,
        id=line.id,
        name=line.name,
        number=line.number,
        identity=line.identity,
        manager=line.manager,
        registered=line.registered,
        services=tuple(ServiceFact(**fact) for fact in json.loads(line.chips)),
        attention=line.attention,
        mark=line.mark,
        changed_at=datetime.fromisoformat(line.changed_at) if line.changed_at else None,
    )
