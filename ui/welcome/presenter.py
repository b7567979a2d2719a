"""What the welcome asks and decides; no widgets. The sign-in itself is the window's (ui.session_bar)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ui.background import Lane, Latest
from ui.screens import ScreenContext

if TYPE_CHECKING:
    from app.usecases.session import WhoAmI
    from app.usecases.setup import ServerFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the person has come. `fetched` tells that a pull has been completed."""

    who: "WhoAmI"
    customers: int
    fetched: bool
    is_sample: bool
    decided_server: str


class WelcomePresenter(QObject):
    """`standing(value)` after `ask`; after `connect_to` one of the others.

    `other_server(address, customers, drafts)`: the cache would be emptied, so the person has to say so.
    """

    standing = Signal(object)
    server_chosen = Signal()
    other_server = Signal(str, int, int)
    failed = Signal(object)

    def __init__(self, context: ScreenContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._latest = Latest()
        self._address = ""

    def ask(self) -> None:
        """Read how far the person has come."""
        samverka = self._context.samverka

        def look() -> Standing:
            data = samverka.preferences.read_data()
            decided = "server_url" in samverka.setup.locked_settings()
            return Standing(
                who=samverka.session.who_am_i(),
                customers=data.customers,
                fetched=data.last_pull_at is not None,
                is_sample=samverka.is_sample,
                decided_server=samverka.setup.settings().server_url if decided else "",
            )

        self._context.background.run(look, self._was_read, latest=self._latest)

    def connect_to(self, address: str, *, forget_other: bool = False) -> None:
        """Use the server at this address, if it answers as ours."""
        setup = self._context.samverka.setup
        self._address = address
        self._context.background.run(
            lambda: setup.choose_server(address, forget_other=forget_other),
            self._was_chosen,
            self._was_not_chosen,
            lane=Lane.POOL,
        )

    def try_sample(self) -> None:
        """Open the sample firm in a window made anew."""
        setup = self._context.samverka.setup
        self._context.background.run(setup.choose_sample, self._sample_chosen, self._was_not_chosen)

    def finish(self) -> None:
        """Do not greet at the next start."""
        self._context.background.run(self._context.samverka.setup.finish_welcome)

    @Slot(object)
    def _was_read(self, standing: Standing) -> None:
        self.standing.emit(standing)

    @Slot(object)
    def _was_chosen(self, _found: "ServerFound") -> None:
        self.server_chosen.emit()
        self.ask()

    @Slot(object)
    def _was_not_chosen(self, error: BaseException) -> None:
        data = getattr(error, "data", {})
        if getattr(error, "code", "") == "other_server" and self._address:
            self.other_server.emit(self._address, int(data["customers"]), int(data["drafts"]))
        else:
            self.failed.emit(error)

    @Slot(object)
    def _sample_chosen(self, _nothing: object) -> None:
        self._context.restart()
