"""What an administrator does at the server's own machine: create, add firms and staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.contact_details import parse_email
from app.domain.effects import Effect, Put
from app.domain.identity import parse_number
from app.domain.ids import new_id
from app.domain.records import Firm, Staff
from app.errors import SamverkaError
from app.server.assembly import SHARED_KEYS, shared_key
from app.server.audit.sealing import Seal
from app.server.audit.verifying import Verified, missing_firm, verify_firm
from app.server.firms import find_firm
from app.server.identity.accounts import Account, Accounts
from app.server.identity.issuer import Issuer
from app.server.store import SERVER, SealedHead, Store


class AdministrationError(SamverkaError):
    """What the administrator asked for cannot be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStaff:
    """A staff member to add. ``role`` is staff, full (full permission) or administrator (at the vendor,
    too).
    """

    name: str
    email: str
    role: str = "staff"
    sees: str = "all"
    office: str = ""


def initialise(store: Store) -> list[str]:
    """Make the keys that all processes share and return the ids of the firms that are there."""
    for name in SHARED_KEYS:
        shared_key(store, name)
    return store.list_firms()


def add_firm(store: Store, *, name: str, organisation_number: str, offices: tuple[str, ...] = ()) -> Firm:
    """Add a firm.

    Raises:
        AdministrationError: ``firm_name_missing``, ``firm_number_invalid``, ``firm_number_taken``.
    """
    if not name.strip():
        raise AdministrationError("firm_name_missing")
    canonical = ""
    if organisation_number.strip():
        parsed = parse_number(organisation_number)
        if not parsed.ok:
            raise AdministrationError("firm_number_invalid", number=organisation_number)
        canonical = parsed.canonical
        if find_firm(store, canonical) is not None:
            raise AdministrationError("firm_number_taken", number=organisation_number)
    firm = Firm(id=new_id("fi"), name=name.strip(), organisation_number=canonical, offices=offices)
    store.create_firm(firm)
    return firm


def add_staff(store: Store, firm_reference: str, new: NewStaff, password: str | None) -> Staff:
    """Add a staff member with an account, or give the one with that address new rights and a new password:
    whoever is signed in with the old one is so no longer.

    ``firm_reference`` is the firm's id or organisation number. Without a password they sign in at the firm's
    own provider (OpenID).

    Raises:
        AdministrationError: ``firm_not_found``, ``staff_name_missing``, ``staff_email_invalid``,
            ``staff_office_missing``, ``office_unknown``, or ``email_taken`` where another firm's staff has
            the address.
        WeakPasswordError: the password is too easy.
    """
    firm = get_firm(store, firm_reference)
    _check_new_staff(firm, new)
    accounts = Accounts(store.routing, store.clock)
    present = accounts.find(new.email)
    if present is not None and present.firm_id != firm.id:
        raise AdministrationError("email_taken", email=new.email)
    staff_id = new_id("st") if present is None else present.staff_id
    account = Account(firm_id=firm.id, staff_id=staff_id, email=new.email, name=new.name)
    # First, because it refuses a weak password; an account without its staff member opens nothing.
    accounts.add(account, password)
    if present is not None:
        Issuer(store.routing, store.clock, shared_key(store, "refresh_key")).revoke_staff(
            staff_id, "account_renewed"
        )
    with store.write(firm.id) as transaction:
        known = transaction.reader.find("staff", staff_id)
        if not isinstance(known, Staff):
            known = Staff(id=staff_id, name=new.name, email=new.email.strip())
        staff = replace(
            known,
            name=new.name,
            full_permission=new.role in {"full", "administrator"},
            vendor_administrator=new.role == "administrator",
            sees=new.sees,
            office=new.office,
            state="active",
        )
        transaction.write(Effect(changes=(Put(staff),)), by=SERVER, source="add_staff")
    return staff


def _check_new_staff(firm: Firm, new: NewStaff) -> None:
    """Refuse what would be an account that nobody can use, or one that sees nobody's customers."""
    if not new.name.strip():
        raise AdministrationError("staff_name_missing")
    email = parse_email(new.email)
    if not email.ok or not email.value:
        raise AdministrationError("staff_email_invalid", email=new.email)
    if new.sees == "office" and not new.office:
        raise AdministrationError("staff_office_missing")
    if new.office and firm.offices and new.office not in firm.offices:
        raise AdministrationError("office_unknown", office=new.office, offices=", ".join(firm.offices))


def get_firm(store: Store, reference: str) -> Firm:
    """Return the firm with this id or organisation number. Raises AdministrationError ``firm_not_found``."""
    firm = find_firm(store, reference)
    if firm is None:
        raise AdministrationError("firm_not_found", firm=reference)
    return firm


def name_firms(store: Store) -> dict[str, str]:
    """Return every firm's name by its id."""
    names = {}
    for firm_id in store.list_firms():
        with store.read(firm_id) as snapshot:
            firm = snapshot.reader.find("firm", firm_id)
        names[firm_id] = firm.name if isinstance(firm, Firm) else firm_id
    return names


def verify_audit(
    store: Store, reference: str = "", copies: Sequence[SealedHead] = ()
) -> tuple[str, dict[str, Verified]]:
    """Return the key that heads are checked with, and how the chain of each firm (or the one) stands.

    ``copies`` are heads that were kept outside the database. Raises AdministrationError ``firm_not_found``.
    """
    seal = Seal(shared_key(store, "audit_key"))
    firms = [get_firm(store, reference).id] if reference else store.list_firms()
    verified = {firm_id: verify_firm(store, firm_id, seal.fits, copies) for firm_id in firms}
    if not reference:
        for gone in sorted({head.firm_id for head in copies} - verified.keys()):
            verified[gone] = missing_firm([head for head in copies if head.firm_id == gone])
    return seal.public_key, verified
