"""Each guard of tests/support/guards.py must be able to fail: tests that misbehave, in their own process."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.support.guards import ROOT, is_loopback, is_protected

MISBEHAVING = """
import socket, subprocess, sys, threading, warnings
from pathlib import Path
import pytest

ROOT = Path({root!r})

def test_behaves(tmp_path):
    (tmp_path / "file").write_text("x")

def test_reaches_out():
    with socket.socket() as speaker:
        speaker.connect(("192.0.2.1", 9))

def test_looks_up_a_name():
    try:
        socket.getaddrinfo("example.org", 443)
    except BaseException:
        pass

def test_listens_to_everybody():
    with socket.socket() as listener:
        listener.bind(("0.0.0.0", 0))

def test_writes_to_the_tree():
    (ROOT / "app" / "left-by-a-test.txt").write_text("x")

def test_leaves_a_process():
    subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, daemon=True, name="forgotten").start()

class Older(threading.Thread):
    # Begins a thread when it is asked to, as a program does that many tests share.

    def __init__(self, name):
        super().__init__(daemon=True)
        self.wanted, self.begun, self.ends = threading.Event(), threading.Event(), threading.Event()
        self.lent = threading.Thread(target=threading.Event().wait, daemon=True, name=name)
        self.start()

    def run(self):
        self.wanted.wait()
        self.lent.start()
        self.begun.set()
        self.ends.wait()

    def begin(self):
        self.wanted.set()
        self.begun.wait()

    def end(self):
        self.ends.set()
        self.join()

@pytest.fixture(scope="module")
def first():
    return Older("first lent")

@pytest.fixture(scope="module")
def second():
    return Older("second lent")

def test_has_an_older_thread_begin_one(first):
    first.begin()

def test_ends_what_began_one_in_an_earlier_test(first):
    first.end()

def test_has_one_begun_and_ends_what_began_it(second):
    second.begin()
    second.end()

def test_warns():
    warnings.warn("old", DeprecationWarning, stacklevel=1)

def test_lets_qt_complain():
    from PySide6.QtCore import qWarning
    qWarning("something is wrong")
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return for each misbehaving test what pytest said about it, empty where it passed."""
    folder = tmp_path_factory.mktemp("misbehaving")
    (folder / "test_misbehaving.py").write_text(MISBEHAVING.format(root=str(ROOT)), encoding="utf-8")
    (folder / "conftest.py").write_text(
        "import tests.support.guards as guards\n"
        "guards.SECONDS_TO_END = 0.1\n"
        "from tests.support.guards import only_loopback_and_nothing_left_behind, only_temporary_paths\n",
        encoding="utf-8",
    )
    report = folder / "report.xml"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT),
         "-p", "no:cacheprovider", f"--junitxml={report}", str(folder)],
        cwd=ROOT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip
    found: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  our own file
        texts = [
            f"{child.get('message')} {child.text}" for child in case if child.tag in {"failure", "error"}
        ]
        found[str(case.get("name"))] = found.get(str(case.get("name")), "") + " ".join(texts)
    return found


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("test_reaches_out", "192.0.2.1"),
        ("test_looks_up_a_name", "example.org"),
        ("test_listens_to_everybody", "0.0.0.0"),
        ("test_writes_to_the_tree", "temporary folders only"),
        ("test_leaves_a_process", "left the process"),
        ("test_leaves_a_thread", "left the thread forgotten"),
        ("test_ends_what_began_one_in_an_earlier_test", "left the thread first lent"),
        ("test_has_one_begun_and_ends_what_began_it", "left the thread second lent"),
        ("test_warns", "DeprecationWarning"),
        ("test_lets_qt_complain", "something is wrong"),
    ],
)
def test_a_misbehaving_test_fails(outcomes: dict[str, str], name: str, words: str) -> None:
    assert words in outcomes[name]


@pytest.mark.parametrize("name", ["test_behaves", "test_has_an_older_thread_begin_one"])
def test_a_test_that_behaves_passes(outcomes: dict[str, str], name: str) -> None:
    assert outcomes[name] == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.5.5.5", b"localhost"])
def test_loopback_is_allowed(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "example.org", "10.0.0.1", None])
def test_everything_else_is_not_loopback(host: object) -> None:
    assert not is_loopback(host)


def test_a_home_of_its_own(only_temporary_paths: Path) -> None:
    assert Path.home() == only_temporary_paths
    assert not is_protected(only_temporary_paths / "notes")
