"""What is seen while the program is locked: a cover over each window, and the one question."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui import assets
from ui.theme import Theme
from ui.widgets.announce import announce
from ui.widgets.buttons import Button
from ui.widgets.dialogs import make_room
from ui.widgets.texts import label, set_tone


class Cover(QWidget):
    """Lies over everything in a window, and keeps its title to the program's name.

    Nothing behind it is closed or changed. `lift` takes it away and gives the window its title back.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("lockCover")
        self._title = window.windowTitle()
        self._window = window
        self.setAutoFillBackground(True)
        mark = QLabel()
        mark.setPixmap(assets.pixmap("lock", theme.tokens.control_edge, 40, self.devicePixelRatioF()))
        column = QVBoxLayout(self)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignCenter)
        window.setWindowTitle("Samverka")
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over what comes later, at the window's size."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._window.rect())
            elif event.type() == QEvent.Type.ChildAdded:
                QTimer.singleShot(0, self, self.raise_)
            elif event.type() == QEvent.Type.WindowTitleChange and self._window.windowTitle() != "Samverka":
                self._title = self._window.windowTitle()
                self._window.setWindowTitle("Samverka")
        return False

    def lift(self) -> None:
        """Show what was covered."""
        self._window.removeEventFilter(self)
        self._window.setWindowTitle(self._title)
        self.hide()
        self.deleteLater()


class LockDialog(QDialog):
    """`continued(passphrase)` when the person wants to go on; "" where there is none to be asked for.

    It cannot be closed in any other way.
    """

    continued = Signal(str)

    def __init__(self, theme: Theme, window: QWidget, *, minutes: int, asks: bool) -> None:
        super().__init__(window)
        self.setObjectName("lockDialog")
        self.setWindowTitle("Samverka")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(theme.px(440))
        self._asks = asks
        why = self.tr("Ingen har rört det på %n minuter.", "", minutes) if minutes else ""
        safe = self.tr("Allt är kvar som du lämnade det.")
        how = (
            self.tr("Skriv lösenfrasen för att fortsätta.")
            if asks
            else self.tr("Datorns inloggning skyddar uppgifterna: lås datorn när du går ifrån den.")
        )
        headline = self.tr("Samverka är låst")
        body = " ".join(part for part in (why, safe, how) if part)
        self.field = QLineEdit()
        self.field.setObjectName("lockPassphrase")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(self.tr("Lösenfras"))
        self.field.setAccessibleName(self.tr("Lösenfras"))
        self.field.setVisible(asks)
        self.field.textChanged.connect(self._typed)
        self._told = label("", "secondary", name="lockTold", wrap=True)
        set_tone(self._told, "bad")
        self._told.hide()  # until there is something to tell: an empty line would be a hole
        go_on = self.tr("Lås upp") if asks else self.tr("Fortsätt")
        self.go_on = Button(theme, go_on, kind="primary", name="lockContinue")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self._pressed)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(headline, "card", name="lockHeadline", wrap=True))
        column.addWidget(label(body, "body", name="lockBody", wrap=True))
        column.addWidget(self.field)
        column.addWidget(self._told)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.setAccessibleDescription(f"{headline}. {body}")
        self._typed()
        (self.field if asks else self.go_on).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """The passphrase was another one: say so, and let the person type again."""
        self._told.setText(sentence)
        self._told.show()
        make_room(self)
        announce(self, sentence)
        self.field.setEnabled(True)
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Esc does not open what is locked."""

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()

    def _typed(self) -> None:
        missing = self._asks and not self.field.text()
        self.go_on.set_blocked(self.tr("Skriv lösenfrasen för att fortsätta.") if missing else "")

    def _pressed(self) -> None:
        if self._asks:
            self.field.setEnabled(False)  # until it has been tried
            self.go_on.setEnabled(False)
        self.continued.emit(self.field.text())
