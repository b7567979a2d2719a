"""The house rules hold in every file, and each of them can fail."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import app
from tests.house.rules import RULES, Rule
from tests.support.guards import ROOT

RULE_NAMES = [rule.name for rule in RULES]


def list_files(rule: Rule) -> list[Path]:
    found = {path for place in rule.places for path in ROOT.glob(place) if path.is_file()}
    return sorted(path for path in found if not path.relative_to(ROOT).as_posix().startswith(rule.but_not))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("rule", RULES, ids=RULE_NAMES)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    broken = {path.relative_to(ROOT).as_posix(): rule.check(read(path)) for path in list_files(rule)}
    broken = {path: found for path, found in broken.items() if found}
    assert not broken, rule.reason


@pytest.mark.parametrize("rule", RULES, ids=RULE_NAMES)
def test_the_rule_can_fail(rule: Rule) -> None:
    assert rule.check(rule.breaks)
    assert not rule.check(rule.keeps)


@pytest.mark.parametrize("rule", RULES, ids=RULE_NAMES)
def test_the_rule_looks_at_something(rule: Rule) -> None:
    if rule.places != ("ui/**/*.py",):
        assert list_files(rule)


def test_folders_are_named_after_what_is_in_them() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    names = {path.stem for folder in ("app", "ui", "tests") for path in (ROOT / folder).rglob("*.py")}
    names |= {
        path.name for folder in ("app", "ui", "tests") for path in (ROOT / folder).rglob("*") if path.is_dir()
    }
    assert not names & vague


def test_packaging_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), "it would hide the library of the same name"


def test_main_stays_small() -> None:
    assert read(ROOT / "main.py").count("\n") <= 40


def test_the_version_is_said_once() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    assert project["version"] == app.__version__
