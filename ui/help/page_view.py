"""One page of the help as it is read: headings, tables and links in the look of the program."""

from PySide6.QtCore import QRegularExpression, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from ui.theme import Theme

_WIDEST = 720
_HEADINGS = {1: ("page", 0, 8), 2: ("card", 22, 6), 3: ("section", 16, 4)}


class PageView(QTextBrowser):
    """Shows Markdown. `page_wanted(key)` is a link to another page; other links open in the browser."""

    page_wanted = Signal(str)

    def __init__(self, theme: Theme, *, name: str = "helpPage") -> None:
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._markdown = ""
        self._words: list[QRegularExpression] = []
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("reading", "true")
        self.setStyleSheet("QTextBrowser { border: none; background: transparent; padding: 0; }")
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.anchorClicked.connect(self._link_clicked)
        theme.changed.connect(self._render)

    def show_page(self, markdown: str) -> None:
        """Show a page from its top."""
        self._markdown = markdown
        self._render()
        self.verticalScrollBar().setValue(0)

    def highlight(self, words: str, heading: str = "") -> None:
        """Mark where words begin so; with a heading, scroll to it."""
        option = QRegularExpression.PatternOption
        options = option.CaseInsensitiveOption | option.UseUnicodePropertiesOption
        self._words = [
            QRegularExpression(rf"\b{QRegularExpression.escape(word)}", options) for word in words.split()
        ]
        self._mark()
        if heading:
            found = self.document().find(heading)
            while not found.isNull() and not found.blockFormat().headingLevel():
                found = self.document().find(heading, found)
            if not found.isNull():
                top = self.document().documentLayout().blockBoundingRect(found.block()).top()
                self.verticalScrollBar().setValue(max(0, round(top) - self._theme.px(12)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    @Slot(QUrl)
    def _link_clicked(self, url: QUrl) -> None:
        if url.isRelative() and url.path().endswith(".md"):
            self.page_wanted.emit(url.path().removesuffix(".md"))
        elif url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)

    def _fit(self) -> None:
        room = self.viewport().width() - self._theme.px(8)
        self.setLineWrapColumnOrWidth(max(200, min(self._theme.px(_WIDEST), room)))

    def _render(self) -> None:
        place = self.verticalScrollBar().value()
        document = self.document()
        document.setDefaultFont(self._theme.font("body"))
        document.setDocumentMargin(0)
        document.setIndentWidth(self._theme.px(20))
        document.setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setUndoRedoEnabled(False)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._shape_text()
        self._shape_tables()
        self._fit()
        self._mark()
        self.verticalScrollBar().setValue(place)

    def _shape_text(self) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        document = self.document()
        block = document.begin()
        while block.isValid():
            cursor = QTextCursor(block)
            level = block.blockFormat().headingLevel()
            shape = QTextBlockFormat()
            if level:
                role, before, after = _HEADINGS[min(level, 3)]
                look = QTextCharFormat()
                look.setFont(self._theme.font(role))
                look.setForeground(QColor(tokens.text))
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(look)
                shape.setTopMargin(px(before))
                shape.setBottomMargin(px(after))
            else:
                inside = cursor.currentTable() is not None
                shape.setTopMargin(0)
                shape.setBottomMargin(0 if inside else px(4 if cursor.currentList() is not None else 8))
                shape.setLineHeight(130.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            QTextCursor(block).mergeBlockFormat(shape)
            self._shape_links(block)
            block = block.next()

    def _shape_links(self, block: object) -> None:
        places = []
        fragments = block.begin()  # type: ignore[attr-defined]  # QTextBlock
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().isAnchor():
                places.append((fragment.position(), fragment.length()))
            fragments += 1
        look = QTextCharFormat()
        look.setForeground(QColor(self._theme.tokens.accent))
        look.setFontUnderline(True)
        for start, length in places:
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)

    def _shape_tables(self) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        for frame in self.document().rootFrame().childFrames():
            if not isinstance(frame, QTextTable):
                continue
            shape = QTextTableFormat(frame.format())
            shape.setBorder(1)
            shape.setBorderBrush(QColor(tokens.border))
            shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape.setBorderCollapse(True)
            shape.setCellPadding(px(6))
            shape.setCellSpacing(0)
            shape.setTopMargin(px(6))
            shape.setBottomMargin(px(12))
            shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            frame.setFormat(shape)
            look = QTextCharFormat()
            look.setFont(self._theme.font("column"))
            look.setForeground(QColor(tokens.text2))
            for column in range(frame.columns()):
                cell = frame.cellAt(0, column)
                cursor = cell.firstCursorPosition()
                cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(look)

    def _mark(self) -> None:
        marks = []
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.tokens.wait.fill))
        look.setForeground(QColor(self._theme.tokens.wait.text))
        for word in self._words:
            found = self.document().find(word)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = found, look
                marks.append(mark)
                found = self.document().find(word, found)
        self.setExtraSelections(marks)
