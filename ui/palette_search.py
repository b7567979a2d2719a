"""Services and customers for the command palette."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from ui.background import Latest
from ui.screens import ScreenContext
from ui.widgets.command_palette import PaletteEntry

_MOST = 20


class PaletteSearch(QObject):
    """Follows `FindMore`: asks the catalogue and the customer list, and drops the answer to what was typed
    before. A service is found by each name that it has or has had."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._latest = Latest()

    def find(self, text: str, receiver: Callable[[Sequence[PaletteEntry]], None]) -> None:
        samverka = self._context.samverka
        if samverka is not None:
            language = self._context.messages.language
            self._context.background.run(
                lambda: [*_find_services(samverka, text, language), *_find_customers(samverka, text)],
                receiver,
                latest=self._latest,
            )


def _find_services(samverka: Any, text: str, language: str) -> list[PaletteEntry]:
    words = text.casefold().split()
    return [
        PaletteEntry(
            key=f"service:{service.code}",
            text=service.label.text(language),
            second=service.purpose.text(language),
            icon="link",
        )
        for service in samverka.catalogue.services
        if any(all(word in name.casefold() for word in words) for name in service.names())
    ]


def _find_customers(samverka: Any, text: str) -> list[PaletteEntry]:
    from app.usecases.customer_list import CustomerFilter

    handles = samverka.customer_list.list_handles(CustomerFilter(search=text), _MOST)
    return [
        PaletteEntry(
            key=f"customer:{line.id}",
            text=line.name,
            second=" · ".join(part for part in (line.number, line.identity, line.town) if part),
            icon="user",
        )
        for line in samverka.customer_list.fetch_lines(handles)
    ]
