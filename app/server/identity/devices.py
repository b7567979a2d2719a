"""Where people are signed in, and ending it from afar: a lost laptop, a colleague who has left."""

from __future__ import annotations

from app.contract.sign_in import SIGNED_OUT_ELSEWHERE
from app.contract.wire import DeviceLine, DeviceRevoked, DevicesAnswer, ProblemCode
from app.domain.effects import Reader
from app.domain.records import Staff
from app.server.feed.actors import find_actor
from app.server.identity.issuer import Issuer, Session
from app.server.identity.principals import Principal
from app.server.problems import ProblemError
from app.server.store import Store


class Devices:
    """The devices of a firm's staff. A device here is a sign-in: its commands in waiting are its own."""

    def __init__(self, store: Store, issuer: Issuer) -> None:
        self._store = store
        self._issuer = issuer

    def list_for(self, principal: Principal) -> DevicesAnswer:
        """Return one's own devices, with full permission everybody's; this one first.

        Raises:
            ProblemError: 401 ``sign-in-needed`` for whoever is no active staff member.
        """
        with self._store.read(principal.firm_id) as snapshot:
            actor = find_actor(snapshot.reader, principal.staff_id)
            lines = [
                _line(session, snapshot.reader, principal)
                for session in self._issuer.list_devices(principal.firm_id)
                if actor.full_permission or session.staff_id == actor.staff_id
            ]
        lines.sort(key=lambda line: not line.is_this)
        return DevicesAnswer(devices=tuple(lines))

    def revoke(self, principal: Principal, device_id: str) -> DeviceRevoked:
        """End the sign-in there; ended ones stay ended. The device keeps what it has not sent.

        Raises:
            ProblemError: 404 ``not-found`` for what is not there and what is not one's to see, alike.
        """
        with self._store.write(principal.firm_id) as transaction:
            actor = find_actor(transaction.reader, principal.staff_id)
            session = self._issuer.find_session(device_id)
            is_seen = session is not None and session.firm_id == principal.firm_id
            if session is None or not is_seen:
                raise ProblemError(ProblemCode.NOT_FOUND)
            if not actor.full_permission and session.staff_id != actor.staff_id:
                raise ProblemError(ProblemCode.NOT_FOUND)
            transaction.note(actor, "sign_in_ended", session=session.id, staff=session.staff_id)
            self._issuer.revoke_session(session.id, SIGNED_OUT_ELSEWHERE, inside=transaction.routing)
        return DeviceRevoked(id=session.id)


def _line(session: Session, reader: Reader, principal: Principal) -> DeviceLine:
    staff = reader.find("staff", session.staff_id)
    return DeviceLine(
        id=session.id,
        staff_id=session.staff_id,
        staff_name=staff.name if isinstance(staff, Staff) else "",
        name=session.name,
        platform=session.platform,
        signed_in_at=session.signed_in_at,
        used_at=session.used_at,
        is_this=session.id == principal.session_id,
    )
