"""What holds for every test with widgets."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from tests.support.cycles import cycles_end_on_this_thread, windows_of_a_test_go_with_it

__all__ = ["cycles_end_on_this_thread", "windows_of_a_test_go_with_it"]


@pytest.fixture(scope="session", autouse=True)
def clipboard_is_empty_at_the_end() -> Iterator[None]:
    """The offscreen platform's clipboard outlives Python; what Python made must not lie in it then.

    Left there, a copied list ends the test run with a segmentation fault after the last test. The platforms
    that people use take their clipboard down with the application, while Python is there.
    """
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()
