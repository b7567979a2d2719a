"""The look: tokens of the design in light and dark, as values that are passed in.

A `Theme` is one object per program. It holds what the person chose (system, light or dark), the density and
the size of text, applies Fusion with a palette and a stylesheet, and says `changed` when any of them moves.
Offscreen, Qt reports no colour scheme; therefore the choice can always be forced.
"""

import sys
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication


class Scheme(StrEnum):
    """What the person chose under Inställningar – Tema."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Kind(StrEnum):
    """The meaning of a coloured thing. Red (`BAD`) is for faults only; what is unclear is grey (`NONE`)."""

    OK = "ok"
    WAIT = "wait"
    BAD = "bad"
    INFO = "info"
    NONE = "none"


class Density(StrEnum):
    """How high the rows of lists are."""

    NORMAL = "normal"
    COMPACT = "compact"


class Tone(NamedTuple):
    """Fill, text and edge of one kind of status."""

    fill: str
    text: str
    edge: str


class Tokens(NamedTuple):
    """Every colour of the interface. Each text pair is at least 4.5:1 (a unit test computes it)."""

    dark: bool
    window: str
    surface: str
    sunken: str
    border: str
    control_edge: str
    text: str
    text2: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    selection: str
    selection_text: str
    hover: str
    ok: Tone
    wait: Tone
    bad: Tone
    info: Tone
    none: Tone

    def tone(self, kind: str) -> Tone:
        """The tone of a kind; an unknown word is shown in grey."""
        found = {"ok": self.ok, "wait": self.wait, "bad": self.bad, "info": self.info}.get(kind)
        return found or self.none

    def text_pairs(self) -> list[tuple[str, str, str]]:
        """(name, text colour, background) for each pair in which text is drawn."""
        pairs = [
            (f"text on {name}", self.text, getattr(self, name)) for name in ("window", "surface", "sunken")
        ]
        pairs += [
            (f"text2 on {name}", self.text2, getattr(self, name)) for name in ("window", "surface", "sunken")
        ]
        pairs += [(f"accent on {name}", self.accent, getattr(self, name)) for name in ("window", "surface")]
        pairs += [
            (f"on accent, {name}", self.on_accent, getattr(self, name))
            for name in ("accent", "accent_hover", "accent_pressed")
        ]
        pairs += [("text on hover", self.text, self.hover), ("text2 on hover", self.text2, self.hover)]
        pairs += [("selection", self.selection_text, self.selection)]
        for kind in Kind:
            tone = self.tone(kind)
            pairs.append((f"{kind} on its fill", tone.text, tone.fill))
            pairs.append((f"{kind} on surface", tone.text, self.surface))
            pairs.append((f"{kind} on window", tone.text, self.window))
        return pairs


LIGHT: Final = Tokens(
    dark=False,
    window="#F4F6F8", surface="#FFFFFF", sunken="#EEF1F4",
    border="#DDE2E8", control_edge="#87909C",
    text="#1A2027", text2="#56606C",
    accent="#0A5CA8", accent_hover="#0B68BE", accent_pressed="#084B8A", on_accent="#FFFFFF",
    selection="#DCEBFA", selection_text="#0B2E4F", hover="#F0F4F8",
    ok=Tone(fill="#DDF3E4", text="#14602F", edge="#A9D9B9"),
    wait=Tone(fill="#FFF0CC", text="#744800", edge="#EBC878"),
    bad=Tone(fill="#FCE2E0", text="#9B1C16", edge="#EFB3AE"),
    info=Tone(fill="#E0ECFB", text="#0B4A94", edge="#A9C8EE"),
    none=Tone(fill="#FFFFFF", text="#5A6470", edge="#C6CDD5"),
)  # fmt: skip

DARK: Final = Tokens(
    dark=True,
    window="#1A1D21", surface="#22262B", sunken="#15171A",
    border="#383E46", control_edge="#7C8693",
    text="#E8EAED", text2="#A7B0BB",
    accent="#6CB2F7", accent_hover="#86C1FA", accent_pressed="#539DE4", on_accent="#071B30",
    selection="#1F3A57", selection_text="#F1F6FB", hover="#292E34",
    ok=Tone(fill="#17392A", text="#8FDDAA", edge="#2E6A4B"),
    wait=Tone(fill="#3F3212", text="#F3CC74", edge="#7A6226"),
    bad=Tone(fill="#46211F", text="#FFB0A9", edge="#8A423D"),
    info=Tone(fill="#1B3454", text="#A6CEFA", edge="#365F92"),
    none=Tone(fill="#22262B", text="#A7B0BB", edge="#4B535D"),
)  # fmt: skip

TYPE_SCALE: Final = {
    "page": (22, 600),
    "wizard": (20, 600),
    "card": (16, 600),
    "section": (13, 600),
    "body": (13, 400),
    "name": (13, 500),
    "action": (13, 600),
    "secondary": (12, 400),
    "strong_secondary": (12, 600),
    "column": (12, 600),
    "chip": (12, 500),
    "caps": (11, 600),
}
"""Role → (size in design pixels, weight). Pixels become points relative to the system font."""

STYLE: Final = "Fusion"
STYLE_PROPERTY: Final = "samverkaStyle"
"""The application has it where its style has been chosen: asking for the style is dear at the start."""

ROW_HEIGHT: Final = {"customers": 44, "queue": 46, "compact": 32}
_SMALLEST = 11


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@cache
def qcolor(text: str) -> QColor:
    """A colour of the tokens as Qt's value, made once."""
    return QColor(text)


def body_points(system_points: float, platform: str) -> float:
    """Points of the 13-pixel body text, in proportion to what the system's font size is set to."""
    if platform == "darwin":
        return 13.0 * (system_points / 13.0 if system_points > 0 else 1.0)
    if platform == "win32":
        return 9.75 * (system_points / 9.0 if system_points > 0 else 1.0)
    return 9.75


class Theme(QObject):
    """The look in force. `tokens` are the colours; `font(role)` and `px(n)` follow the size of text."""

    changed = Signal()

    def __init__(
        self,
        scheme: str = Scheme.SYSTEM,
        *,
        density: str = Density.NORMAL,
        text_scale: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._scheme = Scheme(scheme)
        self._density = Density(density)
        self._text_scale = text_scale
        self._system_points = 0.0
        self._family = ""
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self.tokens: Tokens = LIGHT
        self.generation = 0

    @property
    def scheme(self) -> Scheme:
        """What was chosen, not what is shown: `SYSTEM` may show either."""
        return self._scheme

    @property
    def density(self) -> Density:
        return self._density

    def set_scheme(self, scheme: str) -> None:
        self._scheme = Scheme(scheme)
        self._reapply()

    def set_density(self, density: str) -> None:
        self._density = Density(density)
        self._reapply()

    def set_text_scale(self, scale: float) -> None:
        """Size of text, 1.0 is the system's; 0.8 to 2.0."""
        self._text_scale = min(2.0, max(0.8, scale))
        self._reapply()

    def px(self, design_pixels: float) -> int:
        """A length that grows with the text (row heights, controls)."""
        return round(design_pixels * self._text_scale)

    def row_height(self, name: str) -> int:
        """Height of a list's rows: customers, queue or compact; a compact density makes all compact."""
        return self.px(ROW_HEIGHT["compact" if self._density is Density.COMPACT else name])

    def points(self, design_pixels: float) -> float:
        """Design pixels as points, never below 11 px."""
        base = body_points(self._system_points, sys.platform)
        return max(_SMALLEST, design_pixels) / 13 * base * self._text_scale

    def font(self, role: str) -> QFont:
        """The font of a role of `TYPE_SCALE`, with tabular figures. It is shared: copy before changing it."""
        found = self._fonts.get(role)
        if found is None:
            size, weight = TYPE_SCALE[role]
            found = QFont(self._family) if self._family else QFont()
            found.setPointSizeF(self.points(size))
            found.setWeight(QFont.Weight(weight))
            found.setFeature(QFont.Tag("tnum"), 1)
            # Inter draws "2x4 Bygg" as "2×4 Bygg" and "->" as an arrow: a name is shown as it is written.
            found.setFeature(QFont.Tag("calt"), 0)
            if role == "caps":
                found.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
            self._fonts[role] = found
        return found

    def metrics(self, role: str) -> QFontMetricsF:
        """Metrics of the role's font, shared like it."""
        found = self._metrics.get(role)
        if found is None:
            found = self._metrics[role] = QFontMetricsF(self.font(role))
        return found

    def colour(self, name: str) -> QColor:
        """A token by its name as a QColor; shared."""
        return qcolor(getattr(self.tokens, name))

    def install(self, application: QApplication) -> None:
        """Take over the look of the program; follows the system's scheme as long as that is the choice."""
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._system_points = system.pointSizeF()
        if sys.platform.startswith("linux") and QFontDatabase.hasFamily("Inter"):
            self._family = "Inter"
        else:
            self._family = system.family()
        if application.property(STYLE_PROPERTY) != STYLE:
            application.setStyle(STYLE)
            application.setProperty(STYLE_PROPERTY, STYLE)
        application.styleHints().colorSchemeChanged.connect(self._system_scheme_changed)
        self._reapply()

    def _system_scheme_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._reapply()

    def _reapply(self) -> None:
        application = QApplication.instance()
        hints = QGuiApplication.styleHints()
        if self._scheme is Scheme.SYSTEM:
            hints.unsetColorScheme()
            dark = hints.colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self._scheme is Scheme.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self.tokens = DARK if dark else LIGHT
        self.generation += 1
        self._fonts.clear()
        self._metrics.clear()
        if isinstance(application, QApplication):
            from ui.stylesheet import stylesheet

            application.setPalette(self._palette())
            application.setFont(self.font("body"))
            application.setStyleSheet(stylesheet(self))
        self.changed.emit()

    def _palette(self) -> QPalette:
        t = self.tokens
        role = QPalette.ColorRole
        palette = QPalette()
        for which, colour in (
            (role.Window, t.window), (role.WindowText, t.text), (role.Base, t.surface),
            (role.AlternateBase, t.sunken), (role.Text, t.text), (role.Button, t.surface),
            (role.ButtonText, t.text), (role.BrightText, t.bad.text), (role.Highlight, t.accent),
            (role.HighlightedText, t.on_accent), (role.Link, t.accent), (role.LinkVisited, t.accent),
            (role.ToolTipBase, t.surface), (role.ToolTipText, t.text), (role.PlaceholderText, t.text2),
            (role.Light, t.surface), (role.Midlight, t.border), (role.Mid, t.control_edge),
            (role.Dark, t.control_edge), (role.Shadow, t.border), (role.Accent, t.accent),
        ):  # fmt: skip
            palette.setColor(which, QColor(colour))
        disabled = QPalette.ColorGroup.Disabled
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(disabled, which, QColor(t.control_edge))
        return palette
