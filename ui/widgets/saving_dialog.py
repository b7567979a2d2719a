"""A dialog that stays while it saves."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog

from ui.background import Background

T = TypeVar("T")


class SavingDialog(QDialog):
    """Escape and the window's cross wait while something is saved.

    The answer is for the dialog: were it gone, the decision would be made and nobody told of it, or of why
    it was refused.
    """

    _is_saving = False

    @property
    def is_saving(self) -> bool:
        """Whether an answer is waited for."""
        return self._is_saving

    def save(
        self,
        background: Background,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run a command; the dialog can be left again when it is answered, before ``done`` or ``failed``."""
        self._is_saving = True

        def answered(result: T) -> None:
            self._is_saving = False
            done(result)

        def refused(error: BaseException) -> None:
            self._is_saving = False
            failed(error)

        background.run(work, answered, refused, owner=self)

    def reject(self) -> None:
        if not self._is_saving:
            super().reject()
