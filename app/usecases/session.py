"""Who is signed in, at which server; sign-in and sign-out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.records import Firm, Staff
from app.errors import SamverkaError, SignInError
from app.remote.one_click import click_sample_sign_in
from app.remote.sign_in import sign_in
from app.storage.journal import count_waiting
from app.storage.keyvalues import put_session
from app.storage.local_reader import LocalReader
from app.storage.overlay import who_acts
from app.sync.connection import Connection
from app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoAmI:
    """The signed-in person and the firm, as of the last pull. Names are empty before the first one."""

    staff_id: str
    name: str
    email: str
    firm_name: str
    full_permission: bool
    vendor_administrator: bool
    sees: str
    is_signed_in: bool
    server_url: str
    has_server: bool


class Session:
    """Commands and queries about the sign-in. ``sign_in`` waits for a browser: call it on the pool."""

    def __init__(self, workspace: Workspace, connection: Connection) -> None:
        self._workspace = workspace
        self._connection = connection
        self._cancelled = threading.Event()

    def who_am_i(self) -> WhoAmI:
        """Return who is signed in."""
        with self._workspace.read() as unit:
            staff_id, firm_id = who_acts(unit)
            reader = LocalReader(unit)
            staff = reader.get_many(Staff, [staff_id]).get(staff_id)
            firm = reader.get_many(Firm, [firm_id]).get(firm_id)
        return WhoAmI(
            staff_id=staff_id,
            name=staff.name if staff else "",
            email=staff.email if staff else "",
            firm_name=firm.name if firm else "",
            full_permission=staff.full_permission if staff else False,
            vendor_administrator=staff.vendor_administrator if staff else False,
            sees=staff.sees if staff else "own",
            is_signed_in=self._connection.is_signed_in,
            server_url=self._connection.transport.base_url,
            has_server=self._connection.has_server,
        )

    def sign_in(
        self, open_browser: Callable[[str], None], *, language: str = "sv", login_hint: str = ""
    ) -> None:
        """Let the person sign in in the browser; the first round follows at once.

        Raises:
            SignInError: ``sign_in_cancelled``, ``sign_in_timed_out``, ``sign_in_refused`` or
                ``sign_in_forged``.
            RemoteError: ``no_server``, ``server_unreachable``, ``not_our_server``; ``problem_upgrade_needed``
                or ``problem_server_upgrade_needed``, before the browser opens.
        """
        self._cancelled.clear()
        self._connection.server().meta()
        answer = sign_in(
            self._connection.transport,
            open_browser,
            language=language,
            login_hint=login_hint,
            device_name=self._connection.device_name,
            cancelled=self._cancelled,
        )
        self._connection.tokens.accept(answer)
        self._connection.runner.sync_now()

    def sign_in_sample(self) -> None:
        """Sign in to the sample firm as a browser with one click would, without opening one."""
        self.sign_in(click_sample_sign_in)

    def cancel_sign_in(self) -> None:
        """Stop waiting for the browser; any thread may call it."""
        self._cancelled.set()

    def sign_out(self, *, leave_unsent: bool = False) -> None:
        """Forget the sign-in. The cache stays readable; the outbox waits for the next sign-in.

        Raises:
            SignInError: ``unsent_changes`` with their number, unless ``leave_unsent``.
        """
        with self._workspace.read() as unit:
            waiting = count_waiting(unit)
        if waiting and not leave_unsent:
            raise SignInError("unsent_changes", count=waiting)
        self._connection.tokens.sign_out()
        with self._workspace.database.write() as unit:
            put_session(unit, access_token=None, refresh_token=None)
        self._connection.runner.sync_now()


def try_sample_sign_in(session: Session) -> SamverkaError | None:
    """Sign in to the sample firm where nobody is; return what went wrong instead of raising it."""
    try:
        if not session.who_am_i().is_signed_in:
            session.sign_in_sample()
    except SamverkaError as error:
        return error
    return None
