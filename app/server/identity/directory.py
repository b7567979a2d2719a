"""Which staff member somebody is whom an external provider vouches for."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from app.domain.records import Staff
from app.errors import SignInError
from app.server.firms import find_firm
from app.server.identity.accounts import PROVIDER_LINK, Account
from app.server.store import Store
from app.server.store.entries import Entry

if TYPE_CHECKING:
    from app.server.identity.openid import Identity


class UnknownPersonError(SignInError):
    """The provider knows the person, but here they are no one who may sign in; ``code`` says why."""


class StaffDirectory:
    """Finds staff by the provider's own name for them, at the first sign-in by their verified address.

    From then on the address no longer counts: who gets a former colleague's address at the provider does not
    become that colleague here.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, identity: Identity, firm_reference: str = "") -> Account:
        """Return the account. ``firm_reference`` is the one firm that the provider speaks for, or empty.

        Raises:
            UnknownPersonError: ``openid_nobody`` (no active staff member has the address),
                ``openid_ambiguous`` (several firms have), ``openid_other_person`` (the staff member signs in
                as somebody else at this provider).
        """
        firms = self._list_firms(firm_reference)
        key = hashlib.sha256(f"{identity.issuer}\x1f{identity.subject}".encode()).hexdigest()
        with self._store.routing.read() as rows:
            known = rows.find(PROVIDER_LINK, key)
        if known is not None:
            staff = self._find_active(known.firm_id, known.subject_id) if known.firm_id in firms else None
            if staff is None:
                raise UnknownPersonError("openid_nobody")
            return _account(known.firm_id, staff)
        found = [(firm_id, staff) for firm_id in firms for staff in self._list_with(firm_id, identity.email)]
        if len(found) != 1:
            raise UnknownPersonError("openid_ambiguous" if found else "openid_nobody")
        firm_id, staff = found[0]
        with self._store.routing.write() as rows:
            links = rows.list_subject(PROVIDER_LINK, staff.id)
            if any(link.group == identity.issuer and link.key != key for link in links):
                raise UnknownPersonError("openid_other_person")
            rows.put(
                Entry(
                    kind=PROVIDER_LINK, key=key, firm_id=firm_id, subject_id=staff.id, group=identity.issuer
                )
            )
        return _account(firm_id, staff)

    def is_active(self, firm_id: str, staff_id: str) -> bool:
        """Tell whether there is such a staff member, who has not left."""
        return self._find_active(firm_id, staff_id) is not None

    def speaks_for(self, firm_reference: str, firm_id: str) -> bool:
        """Tell whether a provider that is set up for ``firm_reference`` is meant for this firm."""
        return firm_id in self._list_firms(firm_reference)

    def _list_firms(self, firm_reference: str) -> list[str]:
        if not firm_reference:
            return list(self._store.list_firms())
        firm = find_firm(self._store, firm_reference)
        return [] if firm is None else [firm.id]

    def _list_with(self, firm_id: str, email: str) -> list[Staff]:
        with self._store.read(firm_id) as snapshot:
            rows = snapshot.reader.list_by_lookup("staff", email.strip().casefold())
        return [row for row in rows if isinstance(row, Staff) and row.state != "left"]

    def _find_active(self, firm_id: str, staff_id: str) -> Staff | None:
        with self._store.read(firm_id) as snapshot:
            staff = snapshot.reader.find("staff", staff_id)
        return staff if isinstance(staff, Staff) and staff.state != "left" else None


def _account(firm_id: str, staff: Staff) -> Account:
    return Account(firm_id=firm_id, staff_id=staff.id, email=staff.email, name=staff.name)
