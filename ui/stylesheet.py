"""The stylesheet of the program: resources/style.qss filled with the tokens.

Widgets opt in through dynamic properties: `kind` of a button (primary, link, icon, pill, danger), `role` of a
label (see `theme.TYPE_SCALE`) and `tone` (ok, wait, bad, info, none), `panel` of a frame (card, side, bar,
candidate or a tone). QComboBox and QDateEdit are styled wholly, arrow and list (half styled,
their arrows break); QSpinBox is left to the palette.
"""

from string import Template
from typing import TYPE_CHECKING

from ui.assets import arrow_file, resources, tick_file

if TYPE_CHECKING:
    from ui.theme import Theme

_MUTED_ROLES = ("secondary", "strong_secondary", "caps", "column")
_TONE = Template(
    """
QFrame[panel="$kind"] { background: $fill; border: 1px solid $edge; border-radius: 6px; }
QFrame[panel="$kind"] QLabel { color: $text; background: transparent; }
QLabel[tone="$kind"] { color: $text; }
"""
)


def stylesheet(theme: "Theme") -> str:
    """QSS for the whole program in the theme's present tokens and size of text."""
    from ui.theme import TYPE_SCALE, Kind, Tone

    tokens = theme.tokens
    values: dict[str, object] = {}
    for name, value in tokens._asdict().items():
        if isinstance(value, Tone):
            values |= {f"{name}_{part}": colour for part, colour in value._asdict().items()}
        else:
            values[name] = value
    fonts = {
        role: f"font-size: {theme.points(size):.2f}pt; font-weight: {weight};"
        for role, (size, weight) in TYPE_SCALE.items()
    }
    values |= {f"font_{role}": text for role, text in fonts.items()}
    control = theme.px(28)
    values |= {
        "control": control,
        "control_2": control - 2,
        "control_3": control - 3,
        "control_4": control - 4,
        "control_5": control - 5,
        "pill_radius": control // 2,
        "link_height": theme.px(22),
        "tick_height": theme.px(24),
        "row_one": theme.px(34),
        "row_two": theme.px(42),
        "check_image": tick_file(dark=tokens.dark),
        "arrow_image": arrow_file(dark=tokens.dark),
    }
    rules = [Template((resources() / "style.qss").read_text(encoding="utf-8")).substitute(values)]
    for role, text in fonts.items():
        colour = tokens.text2 if role in _MUTED_ROLES else tokens.text
        rules.append(f'QLabel[role="{role}"] {{ {text} color: {colour}; }}')
    rules.append(f'QLabel[muted="true"] {{ color: {tokens.text2}; }}')
    for kind in Kind:
        tone = tokens.tone(kind)
        rules.append(_TONE.substitute(kind=kind.value, fill=tone.fill, text=tone.text, edge=tone.edge))
    return "\n".join(rules)
