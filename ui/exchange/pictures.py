"""The import with a file that has something of everything, for `main.py screenshot`."""

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.pressed_pictures import shown
from ui.screenshots import Studio

_ROWS = """Namn;Organisationsnummer;E-post;Telefon;Postadress;Postnummer;Ort
Ringlekens Förskola AB;559900-1234;hej@ringleken.example;0470-123 45;Storgatan 1;352 31;Växjö
Skogsbrynets Måleri;;kontakt@skogsbrynet.example;;;;Alvesta
;556036-0793;;;;;Kalmar
"""


def _preview(studio: Studio) -> QWidget:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "kunder.csv"
        file.write_text(_ROWS, encoding="utf-8")
        page = Path(folder) / "bokslut.SE"
        page.write_text("<!DOCTYPE html><html><body>Logga in</body></html>", encoding="utf-8")
        studio.context.navigate("import", files=[file, page])
        studio.settle()
        return shown(studio)


PICTURES = {"preview": _preview}
