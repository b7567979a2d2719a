"""Importera: choose files, see what would happen row by row, put it into the outbox and follow it.

A person may leave the screen while it goes on: the presenter works on, and the screen is as it was when it
is opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ui.exchange.file_notes import FileNotes
from ui.exchange.list_model import ImportListModel
from ui.exchange.presenter import ImportPresenter, Step
from ui.exchange.preview_list import FILTERS
from ui.exchange.progress_foot import ProgressFoot
from ui.exchange.row_panel import RowPanel
from ui.formats import with_figure
from ui.screens import ScreenContext
from ui.turns import paint_next_turn
from ui.widgets.announce import announce
from ui.widgets.dialogs import show_modal
from ui.widgets.empty_state import Emptiness, EmptyState
from ui.widgets.filter_chips import FilterChips
from ui.widgets.info_bar import InfoBar
from ui.widgets.pane import Pane
from ui.widgets.search_field import SearchField
from ui.widgets.search_row import SearchRow
from ui.widgets.table import Table

_PANEL_BESIDE_FROM = 1120
_PANEL_WIDTH, _PANEL_HEIGHT = 330, 150
_ENDINGS = "*.csv *.txt *.tsv *.skv *.xlsx *.xlsm *.se *.si *.sie *.SE *.SI *.SIE"
_RIGHT = "import_needs_full_permission"


class ImportPane(Pane):
    """Files → preview → outbox → server, each step in the same place."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context, "importPane")
        self._typed = ""
        self.presenter = ImportPresenter(context, self)
        self._build()
        self.presenter.step_changed.connect(self._step_changed)
        self.presenter.advanced.connect(self._say)
        context.rights.changed.connect(self._say)
        self.retranslate()

    def _build(self) -> None:
        theme = self.context.theme
        self._choose = self.header.add_action(icon="file-import", name="importChoose")
        self._blocked = InfoBar(theme, "info", icon="lock", name="importBlocked")
        self._blocked.hide()
        self._notes = FileNotes(theme, self.context.messages)
        self._search = SearchField(theme, name="importSearch")
        self._filters = FilterChips(theme, FILTERS, name="importFilter")
        self._search_row = SearchRow(theme, self._search, self._filters)
        for widget in (self._blocked, self._notes, self._search_row):
            self.column.addWidget(widget)
        self._model = ImportListModel(self.context.messages, self)
        self._table = Table(theme, row_height="customers", name="importTable")
        self._table.setModel(self._model)
        self.focus_home = self._table
        self._panel = RowPanel(theme, self.context.messages)
        self._empty = EmptyState(theme, name="importEmpty")
        self._empty.action.setProperty("kind", "primary")
        preview = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, preview)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(12)
        self._beside.addWidget(self._table, 1)
        self._beside.addWidget(self._panel)
        self._stack = QStackedWidget()
        self._stack.addWidget(preview)
        self._stack.addWidget(self._empty)
        self._preview = preview
        self._foot = ProgressFoot(theme, self.context.messages)
        body = QVBoxLayout()
        body.setSpacing(12)
        body.addWidget(self._stack, 1)
        body.addWidget(self._foot)
        self.column.addLayout(body, 1)
        self._choose.clicked.connect(self._ask_for_files)
        self._empty.action.clicked.connect(self._empty_pressed)
        self._search.searched.connect(self._searched)
        self._search.left_downwards.connect(self._table.setFocus)
        self._filters.chosen.connect(self._filter_chosen)
        self._model.ticks_changed.connect(self._ticks_changed)
        self._table.current_id.connect(self._current_changed)
        self._foot.primary.clicked.connect(self._primary_pressed)
        self._foot.second.clicked.connect(self._second_pressed)
        self._foot.stop.clicked.connect(self.presenter.stop)

    # What the window asks

    def retranslate(self) -> None:
        self.header.set_title(self.tr("Importera"))
        self._choose.setText(self.tr("Välj filer…"))
        self._search.set_hint(self.tr("Sök i filerna"))
        self._table.setAccessibleName(self.tr("Rader i filerna"))
        words = {
            "all": self.tr("Alla"),
            "new": self.tr("Nya"),
            "changed": self.tr("Ändrade"),
            "same": self.tr("Samma"),
            "invalid": self.tr("Ogiltiga"),
            "remarks": self.tr("Med anmärkning"),
        }
        for key, text in words.items():
            self._filters.set_label(key, text)
        self._model.rebuild_columns()
        self._notes.retranslate()
        self._panel.show_again()
        self._say()

    def handled_actions(self) -> Mapping[str, Callable[[], None]]:
        return {
            "import": self._ask_for_files,
            "find": self._search.take_focus,
            "copy": self._table.copy_selection,
            "select_all": self._tick_all,
            "select_none": self._tick_none,
        }

    def open_with(self, **arguments: Any) -> None:
        """`files=[…]` are read at once."""
        files = [Path(file) for file in arguments.get("files", ())]
        if not files:
            return
        if self.presenter.is_busy:
            self.context.toast(self.tr("Vänta tills det som väljs in nu ligger i utkorgen."))
        else:
            self.presenter.read(files)

    def shown(self) -> None:
        self.presenter.ask_right()
        self._say()
        (self._table if self.presenter.listed is not None else self._empty.action).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self.context.theme.px
        beside = self.width() >= px(_PANEL_BESIDE_FROM)
        self._beside.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        most = 16_777_215
        self._panel.setMinimumSize(px(_PANEL_WIDTH) if beside else 0, 0 if beside else px(_PANEL_HEIGHT))
        self._panel.setMaximumSize(
            px(_PANEL_WIDTH) if beside else most, most if beside else px(_PANEL_HEIGHT)
        )

    # What is shown

    @Slot()
    def _step_changed(self) -> None:
        presenter = self.presenter
        listed = presenter.listed
        if presenter.step is Step.PREVIEW and listed is not None:
            self._notes.show_files(listed.preview)
            counts = listed.counts()
            self._filters.set_counts(counts)
            self._search_row.arrange()
            self._model.set_ticked(listed.possible)
            self._model.show(listed, listed.find("all", ""))
            self._model.rebuild_columns()
            self._search.clear()
            self._typed = ""
            self._filters.choose("all")
            self._show_rows()
            paint_next_turn(self)
        else:
            self._notes.show_files(None)
        self._say()
        self._keep_focus()
        if presenter.step is Step.DONE:
            announce(self, self._foot.result())

    def _keep_focus(self) -> None:
        """What had the focus may have gone; it stays where the work goes on."""
        if not self.isVisible():
            return
        places: dict[Step, QWidget] = {
            Step.CHOOSE: self._empty.action,
            Step.READING: self._foot.stop,
            Step.DONE: self._foot.primary,
        }
        places.get(self.presenter.step, self._table).setFocus()

    def _show_rows(self) -> None:
        listed = self.presenter.listed
        if listed is None:
            return
        current = self._model.id_at(self._table.currentIndex().row())
        self._model.show(listed, listed.find(self._filters.current, self._typed))
        if not self._table.select_id(current) and self._model.rowCount():
            self._table.selectRow(0)
        self._panel.setVisible(bool(self._model.rowCount()))
        self._say_list()

    @Slot()
    def _say(self) -> None:
        """Everything that follows from the step and its figures."""
        presenter = self.presenter
        allowed = presenter.may_import is not False
        reason = "" if allowed else " ".join(self.context.rights.parts_for("import", _RIGHT))
        writing = self.tr("Vänta tills raderna ligger i utkorgen.")
        self._choose.set_blocked(reason or (writing if presenter.is_busy else ""))
        self._choose.setVisible(presenter.step is not Step.CHOOSE)
        if self.isVisible():
            self.context.actions.set_blocked("import", reason)
        self._blocked.setVisible(not allowed)
        self._blocked.set_text(*self.context.rights.parts_for("import", _RIGHT))
        self._model.set_locked(presenter.step is not Step.PREVIEW or not allowed)
        self._search_row.setVisible(presenter.listed is not None and bool(presenter.listed.rows))
        self._say_list()
        self._say_subtitle()
        self._foot.show_step(presenter, self._model.ticked, reason)

    def _say_list(self) -> None:
        presenter = self.presenter
        listed = presenter.listed
        if listed is not None and self._model.rowCount():
            self._stack.setCurrentWidget(self._preview)
            return
        if presenter.step is Step.READING:
            self._empty.say(Emptiness.NOTHING_YET, self.tr("Läser filerna…"))
        elif listed is not None and listed.rows:
            self._empty.say(
                Emptiness.NOTHING_MATCHES,
                self.tr("Inga rader passar"),
                self.tr("Sök på något annat eller visa alla rader."),
                self.tr("Visa alla"),
            )
        elif listed is not None:
            self._empty.say(
                Emptiness.NOTHING_YET,
                self.tr("Det finns inga kunder i filerna"),
                self.tr("Vad som är fel står ovanför. Inget har ändrats."),
                self.tr("Välj filer…"),
            )
        else:
            self._empty.say(
                Emptiness.NOTHING_YET,
                self.tr("Läs in kunder från en fil"),
                self.tr(
                    "Välj csv, Excel (.xlsx) eller SIE, en eller flera, eller dra dem hit. Inget ändras "
                    "förrän du har sett vad som kommer att hända."
                ),
                self.tr("Välj filer…"),
            )
        finds = listed is not None and bool(listed.rows)
        self._empty.action.set_blocked("" if finds else self._choose.toolTip())
        self._stack.setCurrentWidget(self._empty)

    def _say_subtitle(self) -> None:
        listed = self.presenter.listed
        if listed is None:
            self.header.set_subtitle("")
            return
        files = listed.preview.files
        what = files[0].file if len(files) == 1 else self.tr("%n filer", "", len(files))
        rows = len(listed.rows)
        counted = self.tr("%n rader", "", rows)
        self.header.set_subtitle(f"{what} · {with_figure(counted, rows)}")

    # What a person does

    def choose_filter(self, key: str) -> None:
        """Show the rows of a filter, as its pill does."""
        self._filters.choose(key)

    def commit(self) -> None:
        """Import what is ticked, as the primary button does."""
        if self._foot.primary.isEnabled():
            self._foot.primary.click()

    def choose_first(self, count: int) -> None:
        """Tick only the first rows that can be imported."""
        listed = self.presenter.listed
        if listed is not None and not self._model.is_locked:
            self._model.set_ticked(sorted(listed.possible)[:count])

    def _ask_for_files(self) -> None:
        if self.presenter.may_import is False or self.presenter.is_busy:
            return
        dialog = QFileDialog(self, self.tr("Välj filer att läsa in"))
        dialog.setObjectName("importFiles")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [self.tr("Kundlistor och SIE-filer") + f" ({_ENDINGS})", self.tr("Alla filer") + " (*)"]
        )
        dialog.filesSelected.connect(self._files_chosen)
        show_modal(dialog)

    @Slot("QStringList")
    def _files_chosen(self, files: list[str]) -> None:
        self.open_with(files=files)

    @Slot()
    def _empty_pressed(self) -> None:
        listed = self.presenter.listed
        if listed is not None and listed.rows:
            self._search.clear()
            self._filters.choose("all")
        else:
            self._ask_for_files()

    @Slot()
    def _primary_pressed(self) -> None:
        if self.presenter.step is Step.PREVIEW:
            self.presenter.accept(sorted(self._model.ticked))
        else:
            self.context.navigate("customers")

    @Slot()
    def _second_pressed(self) -> None:
        progress = self.presenter.progress
        if progress is not None and progress.needs_a_person:
            self.context.navigate("outbox", tab="attention")
        else:
            self.presenter.look_again()

    @Slot(str)
    def _searched(self, text: str) -> None:
        self._typed = text
        self._show_rows()

    @Slot(str)
    def _filter_chosen(self, _key: str) -> None:
        self._show_rows()

    @Slot(int)
    def _ticks_changed(self, _count: int) -> None:
        if self.presenter.step is Step.PREVIEW:
            self._say()

    @Slot(str)
    def _current_changed(self, row_id: str) -> None:
        listed = self.presenter.listed
        if listed is not None and row_id:
            self._panel.show_row(listed.rows[int(row_id)], listed.files[int(row_id)])

    def _tick_all(self) -> None:
        listed = self.presenter.listed
        if listed is not None and not self._model.is_locked:
            self._model.set_ticked(self._model.ticked | listed.possible.intersection(self._model.positions))

    def _tick_none(self) -> None:
        if not self._model.is_locked:
            self._model.set_ticked(self._model.ticked.difference(self._model.positions))


def create_pane(context: ScreenContext) -> QWidget:
    """The screen *Importera*."""
    return ImportPane(context)
