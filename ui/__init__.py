"""The window: everything Qt. This page is for whoever builds a screen.

A screen in one picture
-----------------------
    ui/<folder>/pane.py        class …Pane(Pane); `create_pane(context) -> QWidget` at the end of the module
    ui/<folder>/presenter.py   talks to the use cases; no widgets
    ui/<folder>/list_model.py  formats rows into cells; no calls

    def create_pane(context: ScreenContext) -> QWidget:
        return InvitationsPane(context)

The contract (what is in `ScreenContext`, what `navigate`, `open_with` and dialogs do) is in `ui.screens`;
the pane's own hooks (`handled_actions`, `open_with`, `shown`, `retranslate`) are in `ui.widgets.pane`. A
screen is put on the navigation by a `ScreenSpec` in `ui.screens.SCREENS`, its number by `count`.

Asking and answering
--------------------
    ask = lambda: samverka.invitations.list_sent(query)
    self.context.background.run(ask, self._show_rows, latest=self._latest)

* `run` is called on the GUI thread; the receiver is a method decorated with `@Slot(object)` of a QObject
  and runs on the GUI thread. Only frozen values go in and out. Errors go to `context.show_error` unless
  `on_error` is given.
* One `Latest()` per thing that is asked again and again; late answers are dropped. `lane=Lane.POOL` for
  what takes long (import, export, matching), `Lane.COUNTS` for figures over all rows of a long list;
  everything else runs on the one `db` thread.
* `context.events.changed.connect(self._on_changed)`: a frozen value per write. Ask again with a short
  single-shot QTimer when it concerns the screen; models change row by row, so scroll and selection stay.
* A presenter is a QObject with the pane as its parent. It is the only one that sees `context.samverka`.

Lists
-----
* Some hundred rows: subclass `RowsModel` and call `set_rows(rows)`. Thousands: subclass `WindowedModel`
  with a `RowSource` (list_keys, list_rows). Give `columns()`, `cell(row, key) -> Cell`, `row_id(row)`,
  `sentence(row)`.
* Show it in `Table(theme, row_height="customers" | "queue" | "compact", name="…")`. One delegate paints
  `Cell`s: two lines (`text` over `second`), an icon in the colour of `kind`, chips, a meter. Never cell
  widgets, never QSortFilterProxyModel, never ResizeToContents. A click on a head gives the model's
  `sort_requested(key, descending)`.
* `sentence(row)` is one whole sentence about the row: what a screen reader says.
* An empty list is an `EmptyState` with one of its four kinds; put table and empty state in a
  QStackedLayout. Say it by `context.say_empty(…)`, which knows whether anything has been fetched.

Looks
-----
* Tokens, sizes and fonts come from `context.theme`; never a colour or a pixel size of text in a screen.
  Roles of labels: `label("…", "section")`. Buttons: `Button(theme, text, kind="primary")`, one primary
  per pane.
* Status is icon, word and colour. Red is for faults only; unlinked, unknown and *Uppdrag saknas* are grey
  (`none`), waiting is `wait`, in the outbox is `info`, active is `ok`.
* 4 px grid; the pane's margins are there already; `Card`, `SectionHeader`, `KeyValueGrid`, `InfoBar`,
  `SidePanel`.
* Icons are names of files in resources/icons; more are copied from Tabler's set, with nothing else in the
  file.

Words
-----
* Source texts are Swedish: `self.tr("Skicka inbjudan")`, always literals; `self.tr("%n kunder", "", n)`
  for plurals; `.replace("%1", name)` for values. In functions and tables:
  `QCoreApplication.translate("Context", "…")` and `QT_TRANSLATE_NOOP` of `ui.translation`. Set texts in
  `retranslate()` only, so that the language can change.
* Errors: raise codes in app; the sentence is resources/messages/{sv,en}.toml. Times and days:
  `ui.formats`.

Access
------
* Every widget that takes the focus has an objectName and an accessible name; labels are buddies; the
  order of Tab is the order of reading. A disabled control says why: `button.set_blocked("…")`,
  `actions.set_blocked(key, "…")`.
* Results that come by themselves are told with `announce(widget, text)`. After something done:
  `context.toast("Kopplad till …", "Ångra", undo)`. Modal dialogs are shown by `show_modal(dialog)`
  and nothing else.

At import time a module of ui imports Qt, `app.errors` and light parts of `app.domain`; use cases arrive
through the context. The first screen is painted before the rest of the program is loaded.
"""
