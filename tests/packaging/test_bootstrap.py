"""What packaging/bootstrap.py decides; that it sets a machine up is proved by .ci/run on a bare one."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.packaging.script_modules import load_script
from tests.support.guards import ROOT

bootstrap = load_script("bootstrap")


@pytest.mark.parametrize(
    ("system", "machine", "name"),
    [
        ("Linux", "x86_64", "linux-x86_64"),
        ("Windows", "AMD64", "windows-amd64"),
        ("Darwin", "arm64", "macos-arm64"),
        ("Darwin", "x86_64", "macos-x86_64"),
    ],
)
def test_each_platform_has_its_lock(system: str, machine: str, name: str) -> None:
    assert bootstrap.find_lock_name(system, machine) == name
    assert (ROOT / "packaging" / "locks" / f"{name}.txt").is_file()


def test_a_platform_without_lock_is_named() -> None:
    with pytest.raises(bootstrap.StepError, match="riscv64"):
        bootstrap.find_lock_name("Linux", "riscv64")


def read_lock(name: str) -> dict[str, str]:
    """Return a lock's lines by the library's name."""
    lock = ROOT / "packaging" / "locks" / f"{name}.txt"
    entries = [line.strip() for line in lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()]
    return {re.split(r"[\[=]", entry)[0]: entry for entry in entries}


def list_direct(*extras: str) -> set[str]:
    """Return the names of the libraries that pyproject.toml names for the program and for these extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return {re.split(r"[^A-Za-z0-9-]", name)[0].lower() for name in wanted}


@pytest.mark.parametrize("name", sorted(bootstrap.PLATFORMS))
def test_a_lock_pins_everything_with_hashes(name: str) -> None:
    pinned = read_lock(name)
    for entry in pinned.values():
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry
    # What only the benchmarks compare with is in no lock (the extra `bench`).
    direct = list_direct("dev")
    assert len(direct) > 20
    assert direct - pinned.keys() == set()


def test_the_servers_lock_is_the_programs_without_tools_and_without_qt() -> None:
    server, whole = read_lock("server-linux-x86_64"), read_lock("linux-x86_64")
    assert list_direct() - server.keys() == {"pyside6-essentials"}
    assert not server.keys() & (list_direct("dev") - list_direct())
    # The same versions with the same hashes; `packaging/bootstrap.py lock` makes both.
    assert {name: whole.get(name) for name in server} == server


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ID=debian\n", True),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ("ID=fedora\n", False),
        ("NAME=debian-like\n", False),
    ],
)
def test_debian_and_its_children_are_known(text: str, expected: bool) -> None:
    assert bootstrap.is_debian(text) is expected


def test_only_missing_packages_are_installed() -> None:
    status = "libgl1 ii \nxvfb un \nlibegl1 rc \nlibdbus-1-3:amd64 ii \n"
    wanted = ["libgl1", "xvfb", "libegl1", "libdbus-1-3", "git"]
    assert bootstrap.list_missing_packages(wanted, status) == ["xvfb", "libegl1", "git"]


def test_packages_are_names_only() -> None:
    names = bootstrap.read_packages("run") + bootstrap.read_packages("test")
    assert all(re.fullmatch(r"[a-z0-9.+-]+", name) for name in names)
    assert {"libgl1", "libxcb-cursor0", "xvfb", "chromium-driver"} <= set(names)


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("2 failed, 30 passed, 1 warning in 1.20s", {"failed": 2, "passed": 30, "warning": 1}),
        ("1 error in 0.10s", {"errors": 1}),
        ("5 deselected in 0.01s", {"deselected": 5}),
        ("", {}),
    ],
)
def test_reads_what_pytest_counted(line: str, counts: dict[str, int]) -> None:
    assert bootstrap.count_outcomes(line) == counts


def test_adds_the_runs_without_what_the_other_ran() -> None:
    runs = [{"passed": 3, "deselected": 1}, {"passed": 1, "failed": 1, "deselected": 3}]
    assert bootstrap.add_counts(runs) == {"passed": 4, "failed": 1}


def test_a_screen_is_needed_on_linux_only() -> None:
    assert not bootstrap.has_screen({}, "linux")
    assert bootstrap.has_screen({"DISPLAY": ":0"}, "linux")
    assert bootstrap.has_screen({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert bootstrap.has_screen({}, "win32")


def write_translation(place: Path, translation: str) -> Path:
    place.write_text(
        "<TS><context><name>Pane</name><message><source>Kunder</source>"
        f"{translation}</message></context></TS>",
        encoding="utf-8",
    )
    return place


@pytest.mark.parametrize(
    "translation",
    [
        '<translation type="unfinished"></translation>',
        "<translation></translation>",
        "",
        "<translation><numerusform>one</numerusform><numerusform></numerusform></translation>",
    ],
)
def test_an_unfinished_sentence_is_named(tmp_path: Path, translation: str) -> None:
    source = write_translation(tmp_path / "samverka_en.ts", translation)
    assert bootstrap.list_unfinished(source) == ["samverka_en.ts: Kunder"]


def test_a_finished_sentence_is_not_named(tmp_path: Path) -> None:
    source = write_translation(tmp_path / "samverka_en.ts", "<translation>Customers</translation>")
    assert bootstrap.list_unfinished(source) == []


@pytest.mark.parametrize("words", [["dance"], [], ["install", "--deep"]])
def test_wrong_use_is_2(words: list[str]) -> None:
    answer = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "bootstrap.py"), *words],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert answer.returncode == 2
