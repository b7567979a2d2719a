"""The help's pages as values: titles, sections, and which of them a search finds."""

import re
from dataclasses import dataclass
from functools import cache

from ui.assets import resources

FIRST_PAGE = "index"
ORDER = (
    FIRST_PAGE,
    "welcome",
    "today",
    "customers",
    "customer",
    "activation",
    "unlinked",
    "collaborations",
    "ending",
    "invitations",
    "outbox",
    "engagements",
    "access",
    "overview",
    "import",
    "mail_tray",
    "settings",
)
"""The order in which a person meets the screens; a page that is not named here comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and the text under it, without markup. The first section of a page is headed by its title."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One page. `key` is the file's name without its ending, as `ScreenSpec.help` names it."""

    key: str
    title: str
    markdown: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page that a search found, and the heading under which the words are; the best ones come first."""

    key: str
    title: str
    heading: str


@cache
def load_pages(language: str) -> tuple[HelpPage, ...]:
    """Every page in a language, in their order; a few kB each."""
    folder = resources() / "help" / language
    pages = [_read(path.stem, path.read_text(encoding="utf-8")) for path in folder.glob("*.md")]
    known = {key: place for place, key in enumerate(ORDER)}
    return tuple(sorted(pages, key=lambda page: (known.get(page.key, len(ORDER)), page.key)))


def find_pages(pages: tuple[HelpPage, ...], words: str) -> list[Found]:
    """Pages with words that begin so, all of them: those with them in the title first, then in a heading.

    No words: all pages in their order.
    """
    wanted = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in words.split()]
    if not wanted:
        return [Found(key=page.key, title=page.title, heading="") for page in pages]
    ranked = []
    for place, page in enumerate(pages):
        whole = "\n".join(f"{section.heading}\n{section.text}" for section in page.sections)
        if not all(word.search(whole) for word in wanted):
            continue
        section = max(page.sections, key=lambda each: _weight(each, wanted))
        in_title = all(word.search(page.title) for word in wanted)
        heading = "" if in_title or section is page.sections[0] else section.heading
        found = Found(key=page.key, title=page.title, heading=heading)
        ranked.append((not in_title, -_weight(section, wanted), place, found))
    return [found for *_, found in sorted(ranked, key=lambda each: each[:3])]


def _weight(section: Section, words: list[re.Pattern[str]]) -> int:
    in_headings = sum(1 for word in words if word.search(section.heading))
    return 4 * in_headings + sum(min(3, len(word.findall(section.text))) for word in words)


def _read(key: str, markdown: str) -> HelpPage:
    sections: list[Section] = []
    lines: list[str] = []
    heading = ""
    for line in [*markdown.splitlines(), "## "]:
        if line.startswith("#"):
            if heading:
                sections.append(Section(heading=heading, text=_plain("\n".join(lines))))
            heading, lines = line.lstrip("#").strip(), []
        else:
            lines.append(line)
    return HelpPage(key=key, title=sections[0].heading, markdown=markdown, sections=tuple(sections))


def _plain(markdown: str) -> str:
    text = markdown.replace("**", "").replace("| --- ", "")
    for mark in ("|", "*", "](", "[", ".md)"):
        text = text.replace(mark, " ")
    return " ".join(text.split())
