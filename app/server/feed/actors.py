"""The staff member behind a request, with the rights that hold inside the transaction."""

from __future__ import annotations

from app.contract.wire import ProblemCode
from app.domain.effects import Actor, Reader
from app.domain.records import Staff
from app.server.identity.principals import Principal
from app.server.problems import ProblemError
from app.server.store import Store


def find_actor(reader: Reader, staff_id: str) -> Actor:
    """Return the staff member with the rights that hold now.

    Raises:
        ProblemError: 401 ``sign-in-needed`` where there is none, or they have left.
    """
    staff = reader.find("staff", staff_id)
    if not isinstance(staff, Staff) or staff.state == "left":
        raise ProblemError(ProblemCode.SIGN_IN_NEEDED)
    return Actor(
        staff_id=staff.id,
        name=staff.name,
        full_permission=staff.full_permission,
        vendor_administrator=staff.vendor_administrator,
        sees=staff.sees,
        office=staff.office,
    )


def check_works_here(store: Store, principal: Principal) -> None:
    """Refuse a staff member who has left and whose token has not ended yet.

    Raises:
        ProblemError: 401 ``sign-in-needed``.
    """
    with store.read(principal.firm_id) as snapshot:
        if snapshot.find_scope(principal.staff_id) is None:
            raise ProblemError(ProblemCode.SIGN_IN_NEEDED)
