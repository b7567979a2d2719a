"""A collaboration's state as a chip: the same icon, word and colour on every screen."""

from PySide6.QtCore import QCoreApplication

from ui.translation import QT_TRANSLATE_NOOP
from ui.widgets.cells import Chip

_STATES = {
    "active": ("ok", "circle-check-filled", QT_TRANSLATE_NOOP("States", "Aktivt")),
    "pending": ("wait", "clock", QT_TRANSLATE_NOOP("States", "Väntar på kund")),
    "received": ("info", "hourglass", QT_TRANSLATE_NOOP("States", "Mottaget")),
    "registering": ("info", "hourglass", QT_TRANSLATE_NOOP("States", "Registreras")),
    "stopped": ("wait", "alert-triangle", QT_TRANSLATE_NOOP("States", "Stoppat: behöver ditt beslut")),
    "refused": ("bad", "alert-circle-filled", QT_TRANSLATE_NOOP("States", "Nekat av Visma Spcs")),
    "declined": ("none", "x", QT_TRANSLATE_NOOP("States", "Avböjt")),
    "expired": ("none", "calendar-off", QT_TRANSLATE_NOOP("States", "Utgånget")),
    "withdrawn": ("none", "arrow-back-up", QT_TRANSLATE_NOOP("States", "Tillbakadraget")),
    "ending": ("none", "calendar-off", QT_TRANSLATE_NOOP("States", "Avslutas %1")),
    "ended": ("none", "circle", QT_TRANSLATE_NOOP("States", "Avslutat")),
}
_MARKS = {
    "queued": ("upload", QT_TRANSLATE_NOOP("States", "I utkorgen")),
    "sending": ("send", QT_TRANSLATE_NOOP("States", "Skickas")),
    "acknowledged": ("check", QT_TRANSLATE_NOOP("States", "Genomfört")),
}
NO_SERVICES = QT_TRANSLATE_NOOP("States", "Inga tjänster")
MISSING_ENGAGEMENT = QT_TRANSLATE_NOOP("States", "Uppdrag saknas")
UNLINKED = QT_TRANSLATE_NOOP("States", "Okopplat")


def translate_state(source: str) -> str:
    """A word of this module in the present language."""
    return QCoreApplication.translate("States", source)


def state_words(state: str, ends_on: str = "", mark: str = "") -> str:
    """Aktivt, Väntar på kund, Avslutas 2026-12-31 …; an unknown word of a newer server as it is.

    With the mark of an unsent decision the words say that too: *Avslutas 2026-12-31, i utkorgen*. What was
    begun here and has not left is in the outbox and nothing else: *Mottaget* is the server's word.
    """
    known = _STATES.get(state)
    words = translate_state(known[2]).replace("%1", ends_on).strip() if known is not None else state
    if mark not in _MARKS:
        return words
    if state == "received" and mark != "acknowledged":
        return mark_words(mark)
    return f"{words}, {mark_words(mark).lower()}"


def mark_words(mark: str) -> str:
    """*I utkorgen*, *Skickas*, *Genomfört*; "" for nothing unsent."""
    return translate_state(_MARKS[mark][1]) if mark in _MARKS else ""


def state_chip(
    text: str, state: str, *, mark: str = "", missing_engagement: bool = False, ends_on: str = ""
) -> Chip:
    """A chip whose text is `text` (a service's name) and whose look and hint tell the state.

    What is unsent looks like the outbox whatever it will become; a missing engagement is grey, never red.
    """
    words = state_words(state, ends_on, mark)
    if mark in _MARKS:
        return Chip(text, "info", _MARKS[mark][0], f"{text}: {words}")
    if missing_engagement:
        return Chip(text, "none", "unlink", f"{text}: {words}, {translate_state(MISSING_ENGAGEMENT).lower()}")
    kind, icon, _ = _STATES.get(state, ("none", "question-mark", ""))
    return Chip(text, kind, icon, f"{text}: {words}")


def word_chip(state: str, *, mark: str = "", ends_on: str = "") -> Chip:
    """A chip whose text is the state's own word, for lists with a column for the state."""
    words = state_words(state, ends_on)
    made = state_chip(words, state, mark=mark, ends_on=ends_on)
    if mark in _MARKS:
        return Chip(mark_words(mark), made.kind, made.icon, state_words(state, ends_on, mark))
    return Chip(words, made.kind, made.icon, words)


def legend_entries() -> tuple[tuple[str, str, str], ...]:
    """(icon, kind, words) of what the chips of a customer's row may look like."""
    states = [(_STATES[s][1], _STATES[s][0], state_words(s)) for s in ("active", "pending", "refused")]
    outbox = (_MARKS["queued"][0], "info", mark_words("queued"))
    missing = ("unlink", "none", translate_state(MISSING_ENGAGEMENT))
    return (*states[:2], outbox, missing, states[2])
