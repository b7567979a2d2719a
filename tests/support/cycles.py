"""Reference cycles of tests with widgets: collected on the thread that Qt has given the widgets to.

Fixtures for the conftest of a folder whose tests make widgets.
"""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def cycles_end_on_this_thread() -> Iterator[None]:
    """Reference cycles are collected on the GUI thread only, as in the program (ui.collector).

    Python's own collector runs on whichever thread makes objects, a server's of a test too, and would take
    down there what Qt has given to this one: widgets of windows that are closed.
    """
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def windows_of_a_test_go_with_it(cycles_end_on_this_thread: None) -> Iterator[None]:
    """Collect what a test has left before the next one, where Python does not do it by itself."""
    yield
    if not gc.isenabled():
        gc.collect(1)
