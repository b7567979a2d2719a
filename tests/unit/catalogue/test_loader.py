"""Slips in the catalogue's files are told by place and name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.catalogue import CatalogueError, load_catalogue
from app.catalogue.loader import CATALOGUE_FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE_FOLDER, copy)
    return copy


def change(folder: Path, old: str, new: str, file: str = "services.toml") -> None:
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_the_untouched_copy_is_read(folder: Path) -> None:
    assert load_catalogue(folder) == load_catalogue()


def test_a_new_service_needs_no_code(folder: Path) -> None:
    with (folder / "services.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[service]]\ncode = "hologram"\nlabel = { sv = "Hologram", en = "Hologram" }\n'
            'short = { sv = "Holo", en = "Holo" }\npurpose = { sv = "Ljus", en = "Light" }\n'
            'web_address = "https://example.com/"\nhelp_page = "activation"\n'
            'engagement_types = ["advisory"]\n'
        )
    assert load_catalogue(folder).service("hologram").known


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "scanner"', 'code = "eekonomi"', "named twice: eekonomi"),
        ('default = "smart"', 'default = "smarter"', "'smarter' is not among the options"),
        (
            'ends_first = ["ekonomioversikt", "scanner"]',
            'ends_first = ["fax"]',
            "'fax', which is no other service",
        ),
        ('engagement_types = ["payroll"', 'engagement_types = ["moon"', "unknown engagement types ['moon']"),
        ('field = "licence"', 'field = "license"', "there is no field 'license'"),
        ('allowed = ["year"]', 'allowed = ["decade"]', "allowed must be options of licence"),
        ('variant = "min_lon"', 'variant = "max_lon"', "unknown variant 'max_lon'"),
        ('stage = "after_start"', 'stage = "some_day"', "stage must be one of"),
        ("deletes = true", 'deletes = "yes"', "deletes must be true or false"),
        (
            'purpose = { sv = "Löneprogram på webben", en = "Payroll on the web" }',
            'purpose = { sv = "Lön" }',
            "sv and en",
        ),
        ("shows_licences_left = true", "shows_licenses_left = true", "unknown keys ['shows_licenses_left']"),
        ('modules = ["customer_access"]', 'modules = ["teapot"]', "a module without a label"),
        ('known_from = "bank_link"', 'known_from = "moon"', "known_from must be one of"),
        ('refusal = "has_bank_link"\n', "", "known_from and refusal belong together"),
        ('switches_off = ["lon_direkt"]', 'switches_off = ["moon"]', "switches_off must be of"),
    ],
)
def test_a_slip_is_told_with_its_place(folder: Path, old: str, new: str, told: str) -> None:
    change(folder, old, new)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.code == "catalogue_invalid"
    assert told in str(caught.value.data["detail"])
    assert str(caught.value.data["place"]).startswith("services.toml")


def test_a_broken_file_is_told(folder: Path) -> None:
    (folder / "texts.toml").write_text("[consequence", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert (caught.value.code, caught.value.data["file"]) == ("catalogue_unreadable", "texts.toml")


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "engagement_types.toml").unlink()
    with pytest.raises(CatalogueError, match="engagement_types"):
        load_catalogue(folder)
