"""Every library that goes into a build has a licence that allows it."""

from __future__ import annotations

import re

import pytest

from tests.packaging.script_modules import load_script

third_party = load_script("third_party")

# LGPL is allowed for what lies in the package as an exchangeable file: Qt, psycopg and stdnum.
ALLOWED = re.compile(r"MIT|BSD|Apache|ISC|MPL-2\.0|PSF|Unlicense|Zlib", re.IGNORECASE)
EXCHANGEABLE = {"PySide6_Essentials", "shiboken6", "psycopg", "psycopg-binary", "python-stdnum"}
# The metadata is silent; the text that comes with it is the zlib licence of pysqlite.
SILENT = {"sqlcipher3": "This software is provided 'as-is'"}


def is_allowed(name: str, licence: str, texts: tuple[str, ...]) -> bool:
    if name in SILENT:
        return any(SILENT[name] in " ".join(text.split()) for text in texts)
    if name in EXCHANGEABLE:
        return "LGPL" in licence
    return bool(ALLOWED.search(licence)) and "GPL" not in licence


def test_every_library_may_be_shipped() -> None:
    libraries = third_party.list_libraries()
    assert {"requests", "certifi", "PySide6_Essentials"} <= {each.name for each in libraries}
    assert [each.name for each in libraries if not is_allowed(each.name, each.licence, each.texts)] == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0", "", "LGPL-3.0-only", "Proprietary"])
def test_other_licences_are_refused(licence: str) -> None:
    assert not is_allowed("new-library", licence, ())


def test_extras_and_names_are_read_from_requirements() -> None:
    lines = ["Foo_Bar[speed]>=1,<2", "baz; extra == 'dev'", 'qux>=3; python_version < "4"']
    assert third_party.list_requirements(lines) == {"foo-bar", "foo-bar-speed", "qux"}
