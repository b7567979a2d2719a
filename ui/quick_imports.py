"""Imports after PySide6 without reading the source of every module a second time.

PySide6 looks for its own name in the source of each module that is imported after it, to know where
``from __feature__ import …`` might be in force (shibokensupport/feature.py). This program never uses that;
from source the looking costs about a sixth of the start. A frozen program has no sources: there Qt finds
nothing, too, and everything works the same.
"""

import sys

import PySide6.QtCore  # noqa: F401 - it brings what is looked for here


def stop_reading_sources() -> bool:
    """Tell PySide6 that no module uses its features; False where this PySide6 has no such question."""
    feature = sys.modules.get("shibokensupport.feature")
    if not callable(getattr(feature, "_mod_uses_pyside", None)):
        return False
    vars(feature)["_mod_uses_pyside"] = _uses_no_features
    return True


def _uses_no_features(_module: object) -> bool:
    return False
