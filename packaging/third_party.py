"""Which libraries go into a build, under which licence, with their texts: THIRD_PARTY.txt of the package.

    .venv/bin/python packaging/third_party.py OUTPUT

Taken from the metadata of what is installed, so it cannot name another version than the one that is shipped.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Parts that are in the build without being a Python distribution of their own.
INCLUDED = """\
Qt, PySide6 and Shiboken are used under the GNU Lesser General Public License, version 3. They lie in this
folder as separate libraries that can be exchanged; so does psycopg (LGPL 3). python-stdnum (LGPL 2.1 or
later) lies here as source files, for the same reason. The sources of exactly these versions are offered at
https://download.qt.io and on the Python Package Index; the publisher of this package also sends them on
request, for three years.

SQLCipher: Copyright (c) 2008-2024, ZETETIC LLC. All rights reserved. (BSD 3-Clause)
Icons: Tabler Icons, MIT; the licence is resources/icons/LICENSE-tabler-icons.txt.
"""


@dataclass(frozen=True, slots=True)
class Library:
    """A distribution that the program needs."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


def normalise(name: str) -> str:
    """Return a distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def list_requirements(lines: list[str]) -> set[str]:
    """Return the names in requirement lines; what belongs to an extra is not followed."""
    found = set()
    for line in lines:
        requirement, _, marker = line.partition(";")
        name = re.match(r"[A-Za-z0-9._-]+", requirement.strip())
        if name and "extra" not in marker:
            found.add(normalise(name.group()))
            for extra in re.findall(r"\[([^]]+)\]", requirement):
                found |= {f"{normalise(name.group())}-{part.strip()}" for part in extra.split(",")}
    return found


def describe(distribution: metadata.Distribution) -> Library:
    """Return what the metadata says about a library's licence, and the texts that came with it."""
    facts = distribution.metadata
    classifiers = [
        line.rpartition(" :: ")[2] for line in facts.get_all("Classifier", []) if "License ::" in line
    ]
    stated = facts.get("License-Expression") or (facts.get("License") or "").partition("\n")[0]
    if stated.startswith("Copyright"):
        stated = ""  # the whole text stands where its name should
    texts = []
    for file in distribution.files or []:
        if re.search(r"(LICEN[SC]E|COPYING|NOTICE|AUTHORS)[^/]*$", str(file), re.IGNORECASE):
            place = Path(str(file.locate()))
            if place.is_file() and place.suffix not in {".py", ".pyc"}:
                texts.append(place.read_text(encoding="utf-8", errors="replace").strip())
    return Library(facts["Name"], distribution.version, stated or " / ".join(classifiers), tuple(texts))


def list_libraries() -> list[Library]:
    """Return every installed library that the program needs, directly or through another."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    open_names, found = list_requirements(project["dependencies"]), {}
    while open_names:
        name = open_names.pop()
        if name in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            # Needed on another platform only, or no name of its own (an extra).
            continue
        found[name] = describe(distribution)
        open_names |= list_requirements(list(distribution.requires or [])) - found.keys()
    return [found[name] for name in sorted(found)]


def write_notices(place: Path) -> None:
    """Write the file that goes with the build."""
    libraries = list_libraries()
    parts = ["Samverka contains these works of others.\n", INCLUDED]
    parts += [f"{each.name} {each.version}: {each.licence}" for each in libraries]
    for licence in ("LGPL-3.0", "GPL-3.0"):
        text = (ROOT / "packaging" / "licences" / f"{licence}.txt").read_text(encoding="utf-8")
        parts += [f"\n{'=' * 100}\n{licence}, for Qt, PySide6, Shiboken and psycopg\n", text]
    for each in libraries:
        parts += [f"\n{'=' * 100}\n{each.name} {each.version}\n", *each.texts]
    place.write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_notices(Path(sys.argv[1]))
