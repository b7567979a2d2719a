"""The guides as they look under way, for `main.py screenshot`."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.life_steps import LifeEvent
from ui.screenshots import Studio


def _guide(event: LifeEvent) -> Callable[[Studio], QWidget]:
    def draw(studio: Studio) -> QWidget:
        customer_id = studio.arguments_for("life")["customer_id"]
        life = studio.context.samverka.life_events
        life.begin(customer_id, event)
        studio.context.navigate("life", customer_id=customer_id)
        studio.settle()
        found = studio.dialogs()[-1]
        life.stop(customer_id)
        return found

    return draw


PICTURES = {str(event): _guide(event) for event in LifeEvent}
