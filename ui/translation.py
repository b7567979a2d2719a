"""Translating at run time: the program's own texts and Qt's (qtbase)."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from ui.assets import resources

LANGUAGES = ("sv", "en")


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a source text for lupdate, which knows this name; typed, unlike the one of QtCore."""
    return text


def shown_language() -> str:
    """Return the language that the window is in: sv or en, as the catalogue's labels have them."""
    return "en" if QLocale().name().startswith("en") else "sv"


class Languages(QObject):
    """Installs the translators of one language; every open widget then gets LanguageChange."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = ""
        self._installed: list[QTranslator] = []

    def choose(self, language: str) -> None:
        """Switch to sv or en; anything else becomes sv, which needs a file too, for the plural forms."""
        language = language if language in LANGUAGES else "sv"
        if language == self.language:
            return
        self.language = language
        QLocale.setDefault(_locale(language))
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed = []
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (
            (f"qtbase_{language}", qt_folder),
            (f"samverka_{language}", str(resources() / "translations")),
        ):
            translator = QTranslator(self)
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                self._installed.append(translator)


def _locale(language: str) -> QLocale:
    if language == "sv":
        return QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden)
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
