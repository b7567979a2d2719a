"""What holds for every test."""

import os

# Before anything asks Qt for a screen. The acceptance tests run on the X screen that packaging/bootstrap.py
# brings up, with the variable set to xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication

from tests.support.guards import only_loopback_and_nothing_left_behind, only_temporary_paths
from tests.support.patience import PatientBot

__all__ = ["only_loopback_and_nothing_left_behind", "only_temporary_paths"]

# No test asserts how long it takes; a machine with other work to do is slow now and then.
# `packaging/bootstrap.py check --long` looks at many more examples.
settings.register_profile("ordinary", deadline=None)
settings.register_profile("long", deadline=None, max_examples=5_000)
settings.load_profile("long" if os.environ.get("SAMVERKA_LONG") else "ordinary")


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """Return pytest-qt's robot, with patience, in the place of its own."""
    return PatientBot(request)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument, and not by what they are; everything else as pytest does.

    Bytes are made, as a packed file with the time in it is. Processes that share a set of tests must call
    each by the same name, or none is run.
    """
    return argname if isinstance(val, bytes) else None
