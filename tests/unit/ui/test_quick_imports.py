"""PySide6 must not read the sources of what is imported after it; asked of a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("before", "read"), [("pass", True), ("stop_reading_sources()", False)])
def test_no_source_is_read_after_it(before: str, read: bool) -> None:
    code = (
        "from ui.quick_imports import stop_reading_sources\n"
        f"{before}\n"
        "import linecache, colorsys\n"
        "print(any('colorsys' in name for name in linecache.cache))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    assert told.stdout.strip() == str(read)
