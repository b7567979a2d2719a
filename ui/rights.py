"""Which commands the signed-in person may not give: one wording for all screens, with whom to ask.

A screen asks `context.rights.why_not("end")` for each of its commands (the words of app.domain.rights.Action)
and listens to `context.rights.changed`; a code that a use case returned is said by `context.rights.sentence`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ui.background import Latest
from ui.messages import Messages

if TYPE_CHECKING:
    from app.domain.rights import Denial
    from ui.screens import ScreenContext

NAMED = 3
"""So many colleagues are named; of more the number is told."""


def denial_sentence(messages: Messages, code: str, who_can: Sequence[str] | None) -> str:
    """Return in one line why, and who can. ``who_can`` is None where it is not known yet."""
    headline, rest = denial_parts(messages, code, who_can)
    return f"{headline} {rest}".strip()


def denial_parts(messages: Messages, code: str, who_can: Sequence[str] | None) -> tuple[str, str]:
    """Return why, and whom to ask: for a heading and the text under it."""
    headline, _, rest = messages.sentence(code).partition("\n")
    if who_can is None:
        return headline, rest.replace("\n", " ")
    if not who_can:
        return headline, messages.sentence("nobody_can")
    names = ", ".join(who_can[:NAMED])
    more = len(who_can) - NAMED
    if more > 0:
        return headline, messages.sentence("who_can_more", names=names, more=more)
    return headline, messages.sentence("who_can", names=names)


class RightsWatch(QObject):
    """What may not be done, read again when the staff change. Until it is read nothing is disabled."""

    changed = Signal()

    def __init__(self, context: "ScreenContext") -> None:
        super().__init__(context.window)
        self._context = context
        self._denials: Mapping[str, Denial] = {}
        self._asking = Latest()
        context.events.changed.connect(self._on_changed)

    def why_not(self, action: str) -> str:
        """Return why the person may not, and who can; "" where he may."""
        denial = self._denials.get(action)
        if denial is None:
            return ""
        return denial_sentence(self._context.messages, denial.code, denial.who_can)

    def sentence(self, code: str) -> str:
        """Return the same for a reason's code."""
        return denial_sentence(self._context.messages, code, self._who_can(code))

    def parts(self, code: str) -> tuple[str, str]:
        """Return the same as heading and text."""
        return denial_parts(self._context.messages, code, self._who_can(code))

    def parts_for(self, action: str, code: str) -> tuple[str, str]:
        """Return the same where the action has a sentence of its own."""
        denial = self._denials.get(action)
        return denial_parts(self._context.messages, code, denial.who_can if denial is not None else None)

    def _who_can(self, code: str) -> Sequence[str] | None:
        return next((one.who_can for one in self._denials.values() if one.code == code), None)

    def ask(self) -> None:
        """Read them; `changed` tells when they have come."""
        rights = self._context.samverka.rights
        self._context.background.run(rights.list_denials, self._came, latest=self._asking)

    @Slot(object)
    def _came(self, denials: "tuple[Denial, ...]") -> None:
        found = {str(one.action): one for one in denials}
        if found != self._denials:
            self._denials = found
            self.changed.emit()

    @Slot(object)
    def _on_changed(self, event: object) -> None:
        concerns = getattr(event, "concerns_type", None)
        if concerns is not None and concerns("staff") and hasattr(self._context.samverka, "rights"):
            self.ask()
