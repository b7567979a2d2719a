"""Words for what the settings show."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from ui.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.usecases.session import WhoAmI

POLL_CHOICES = {
    60: QT_TRANSLATE_NOOP("Settings", "Varje minut"),
    300: QT_TRANSLATE_NOOP("Settings", "Var femte minut"),
    900: QT_TRANSLATE_NOOP("Settings", "Varje kvart"),
    3600: QT_TRANSLATE_NOOP("Settings", "Varje timme"),
}
_CONNECTIONS = {
    "never": QT_TRANSLATE_NOOP("Settings", "Ingen server är vald"),
    "starting": QT_TRANSLATE_NOOP("Settings", "Ansluter …"),
    "connected": QT_TRANSLATE_NOOP("Settings", "Ansluten"),
    "offline": QT_TRANSLATE_NOOP("Settings", "Servern nås inte just nu"),
    "sign_in_needed": QT_TRANSLATE_NOOP("Settings", "Väntar på att du loggar in"),
    "not_our_server": QT_TRANSLATE_NOOP("Settings", "Det som svarar är inte Samverkas server"),
    "upgrade_needed": QT_TRANSLATE_NOOP("Settings", "Servern kräver en nyare version av Samverka"),
    "server_upgrade_needed": QT_TRANSLATE_NOOP("Settings", "Servern är äldre än det här programmet"),
    "paused": QT_TRANSLATE_NOOP("Settings", "Pausad"),
}
_KEYS = {
    "keyring": QT_TRANSLATE_NOOP("Settings", "Krypterat. Nyckeln ligger i datorns nyckelring."),
    "passphrase": QT_TRANSLATE_NOOP("Settings", "Krypterat med din lösenfras."),
    "memory": QT_TRANSLATE_NOOP(
        "Settings", "Krypterat. Datorn saknar nyckelring: exempelbyrån görs om vid varje start."
    ),
}
KINDS = {"connected": "ok", "starting": "none", "never": "none", "paused": "none"}
"""The colour of a connection's words; what is not named here waits for something."""


def connection_words(connection: str) -> str:
    """How it stands between the program and the server."""
    return _translated(_CONNECTIONS.get(connection, connection))


def key_words(place: str) -> str:
    """How the data is protected."""
    return _translated(_KEYS.get(place, place))


def poll_words(seconds: int) -> str:
    """How often the server is asked."""
    if seconds in POLL_CHOICES:
        return _translated(POLL_CHOICES[seconds])
    text = QCoreApplication.translate("Settings", "Var %1 sekund")
    return text.replace("%1", str(seconds))


def rights_words(who: "WhoAmI", denied: str) -> str:
    """What the person may do and see; `denied` is why not the rest, and who can."""
    if not who.name:
        return ""
    sees = {
        "all": QT_TRANSLATE_NOOP("Settings", "ser alla kunder"),
        "office": QT_TRANSLATE_NOOP("Settings", "ser kontorets kunder"),
    }.get(who.sees, QT_TRANSLATE_NOOP("Settings", "ser sina egna kunder"))
    words = [
        QT_TRANSLATE_NOOP("Settings", "Fullständig behörighet")
        if who.full_permission
        else QT_TRANSLATE_NOOP("Settings", "Begränsad behörighet"),
        sees,
    ]
    if who.vendor_administrator:
        words.append(QT_TRANSLATE_NOOP("Settings", "administratör hos Visma Spcs"))
    may = ", ".join(_translated(word) for word in words)
    if denied:
        rest = _translated(QT_TRANSLATE_NOOP("Settings", "Avsluta, ändra avtal och dra tillbaka: %1"))
        may = f"{may}\n{rest.replace('%1', denied)}"
    return may.replace("Visma Spcs", "Visma\u00a0Spcs")


def size_words(count: int) -> str:
    """Bytes as a person reads them."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def _translated(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
