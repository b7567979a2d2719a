"""Why the end button cannot be pressed yet, in the order in which a person meets it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.end_rules import is_same_name
from app.usecases.ending import EndingView
from ui.ending.item_card import EndItemCard
from ui.messages import Messages
from ui.rights import denial_sentence
from ui.translation import QT_TRANSLATE_NOOP


def _tr(source: str) -> str:
    return QCoreApplication.translate("EndingDialog", source)


def why_not_end(messages: Messages, view: EndingView, cards: Sequence[EndItemCard], typed: str | None) -> str:
    """Return the sentence, or "" where it can be pressed. ``typed`` is None where nothing is deleted."""
    chosen = [card for card in cards if card.is_chosen]
    if view.blocked:
        return denial_sentence(messages, view.blocked, view.who_can)
    if not view.items:
        return _tr(QT_TRANSLATE_NOOP("EndingDialog", "Det finns inget aktivt samarbete att avsluta."))
    if view.is_main_contact_missing:
        return _tr(QT_TRANSLATE_NOOP("EndingDialog", "Kunden saknar huvudkontakt hos Visma Spcs."))
    if not chosen:
        return _tr(QT_TRANSLATE_NOOP("EndingDialog", "Välj minst en tjänst."))
    ids = {card.item.id for card in chosen}
    for card in chosen:
        name = card.service.short.text(messages.language)
        waits = set(card.item.waits_for) - ids
        if waits:
            first = [one.service.short.text(messages.language) for one in cards if one.item.id in waits]
            said = _tr(
                QT_TRANSLATE_NOOP("EndingDialog", "%1: kryssa för %2 också, det måste avslutas först.")
            )
            return said.replace("%1", name).replace("%2", ", ".join(first))
        if card.choice is None:
            said = _tr(QT_TRANSLATE_NOOP("EndingDialog", "%1: välj hur tjänsten avslutas."))
            return said.replace("%1", name)
        if not card.is_checklist_done:
            said = _tr(QT_TRANSLATE_NOOP("EndingDialog", "%1: kryssa för det som måste vara gjort."))
            return said.replace("%1", name)
    if typed is not None and not is_same_name(typed, view.customer):
        return _tr(QT_TRANSLATE_NOOP("EndingDialog", "Skriv kundens namn för att visa att allt ska raderas."))
    return ""
