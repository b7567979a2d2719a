"""Where the focus goes when what has it is disabled or taken away under the person's hand."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget


@runtime_checkable
class HasFocusHome(Protocol):
    """A widget that says where work in it goes on: the list that its buttons act on."""

    focus_home: QWidget | None


def give_focus_home(leaving: QWidget) -> None:
    """Call before `leaving` is disabled or removed.

    Where it, or something in it, has the focus, the focus goes to the home of what is around it; Qt would go
    on to whatever follows in the tab order, in the status line at the worst.
    """
    # Of its window, not of the program: a dialog may be in front, and gives the focus back when it closes.
    focused: QWidget | None = leaving.window().focusWidget()  # the stubs leave out that there may be none
    if focused is not leaving and not (focused is not None and leaving.isAncestorOf(focused)):
        return
    around = leaving.parentWidget()
    while around is not None:
        if isinstance(around, HasFocusHome) and around.focus_home is not None:
            around.focus_home.setFocus()
            return
        around = around.parentWidget()
