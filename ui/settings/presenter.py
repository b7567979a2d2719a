"""What the settings ask and decide; no widgets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ui.background import Lane, Latest
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.preferences import CachedData
    from app.usecases.session import WhoAmI
    from app.usecases.setup import KeptHere
    from app.usecases.status import StatusLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that the settings show, as of one moment."""

    who: "WhoAmI"
    line: "StatusLine"
    cached: "CachedData"
    kept: "KeptHere"
    facts: tuple[tuple[str, str], ...]
    poll_seconds: int
    proxy: str
    lock_minutes: int
    locked: frozenset[str]
    is_sample: bool
    can_leave_sample: bool


class SettingsPresenter(QObject):
    """`read(snapshot)` after `ask`; `unsent(count)` where a sign-out would leave decisions behind."""

    read = Signal(object)
    unsent = Signal(int)
    signed_out = Signal()
    wiped = Signal()
    proxy_kept = Signal(str)
    proxy_refused = Signal(object)

    def __init__(self, context: ScreenContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest()

    def ask(self) -> None:
        """Read everything anew."""
        samverka = self._context.samverka

        def look() -> Snapshot:
            return Snapshot(
                who=samverka.session.who_am_i(),
                line=samverka.status.read(),
                cached=samverka.preferences.read_data(),
                kept=samverka.setup.look_at_data(),
                facts=samverka.preferences.describe(),
                poll_seconds=samverka.setup.settings().poll_seconds,
                proxy=samverka.setup.settings().proxy,
                lock_minutes=samverka.setup.settings().lock_minutes,
                locked=samverka.setup.locked_settings(),
                is_sample=samverka.is_sample,
                can_leave_sample=samverka.setup.can_leave_sample,
            )

        self._context.background.run(look, self._was_read, latest=self._latest)

    def poll_every(self, seconds: int) -> None:
        """Ask the server this often from now on."""
        preferences = self._context.samverka.preferences
        self._context.background.run(lambda: preferences.poll_every(seconds))

    def choose_proxy(self, address: str) -> None:
        """Reach the server through this proxy; `proxy_kept` or `proxy_refused` (an error) follows."""
        setup = self._context.samverka.setup
        self._context.background.run(
            lambda: setup.choose_proxy(address), self._proxy_was_kept, self._proxy_was_refused, lane=Lane.POOL
        )

    @Slot(object)
    def _proxy_was_kept(self, address: str) -> None:
        self.proxy_kept.emit(address)
        self.ask()

    @Slot(object)
    def _proxy_was_refused(self, error: BaseException) -> None:
        self.proxy_refused.emit(error)

    def sign_out(self, *, leave_unsent: bool = False) -> None:
        """Sign out; `unsent` instead where decisions wait, unless they may be left."""
        session = self._context.samverka.session
        self._context.background.run(
            lambda: session.sign_out(leave_unsent=leave_unsent),
            self._was_signed_out,
            self._was_not_signed_out,
            lane=Lane.POOL,
        )

    def wipe(self) -> None:
        """Remove the firm's data from this machine, unsent decisions too: the person has typed that."""
        setup = self._context.samverka.setup
        self._context.background.run(
            lambda: setup.wipe_data(leave_unsent=True), self._was_wiped, lane=Lane.POOL
        )

    def leave_sample(self) -> None:
        """Put the sample firm away and open anew."""
        setup = self._context.samverka.setup
        self._context.background.run(setup.leave_sample, self._was_left, lane=Lane.POOL)

    @Slot(object)
    def _was_read(self, snapshot: Snapshot) -> None:
        self.read.emit(snapshot)

    @Slot(object)
    def _was_signed_out(self, _nothing: object) -> None:
        self.signed_out.emit()
        self.ask()

    @Slot(object)
    def _was_not_signed_out(self, error: BaseException) -> None:
        if getattr(error, "code", "") == "unsent_changes":
            self.unsent.emit(int(getattr(error, "data", {}).get("count", 0)))
        else:
            self._context.show_error(error)

    @Slot(object)
    def _was_wiped(self, _nothing: object) -> None:
        self.wiped.emit()
        self.ask()

    @Slot(object)
    def _was_left(self, _nothing: object) -> None:
        self._context.restart()
