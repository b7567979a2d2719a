"""Saved views of a list: its filter, order and columns under a name; kept on this computer only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.swedish_order import sort_key
from app.storage.keyvalues import get_setting, put_setting
from app.usecases.workspace import Workspace

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A view by its name. ``values`` are the screen's own, as JSON keeps them."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Views:
    """What a person has saved for a list, and which columns it shows."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def list_views(self, screen: str) -> tuple[SavedView, ...]:
        """Return the views by their names; those of another version of the program are left out."""
        with self._workspace.read() as unit:
            kept = get_setting(unit, f"views.{screen}", {})
        views = kept.get("views", {}) if kept.get("version") == VERSION else {}
        found = [SavedView(name=name, values=values) for name, values in views.items()]
        return tuple(sorted(found, key=lambda one: sort_key(one.name)))

    def save(self, screen: str, view: SavedView) -> None:
        """Keep a view; one of the same name is replaced."""
        self._change(screen, {view.name: dict(view.values)})

    def remove(self, screen: str, name: str) -> None:
        """Forget a view."""
        self._change(screen, {name: None})

    def columns(self, screen: str) -> tuple[str, ...]:
        """Return the columns that were chosen, in their order; empty for the program's own choice."""
        with self._workspace.read() as unit:
            return tuple(str(key) for key in get_setting(unit, f"columns.{screen}", []))

    def choose_columns(self, screen: str, columns: Sequence[str]) -> None:
        """Keep which columns are shown; none is the program's own choice."""
        with self._workspace.database.write() as unit:
            put_setting(unit, f"columns.{screen}", list(columns))

    def _change(self, screen: str, changes: Mapping[str, dict[str, Any] | None]) -> None:
        with self._workspace.database.write() as unit:
            kept = get_setting(unit, f"views.{screen}", {})
            views = dict(kept.get("views", {})) if kept.get("version") == VERSION else {}
            for name, values in changes.items():
                if values is None:
                    views.pop(name, None)
                else:
                    views[name] = values
            put_setting(unit, f"views.{screen}", {"version": VERSION, "views": views})
