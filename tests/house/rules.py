"""House rules that no linter knows: each with its reason, where it holds, and a sample that breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Found = list[str]

# "About 400 lines" and "about 15 methods" of the architecture, with what "about" may be. A file of tests is a
# list of cases, which may be longer.
LINES = 480
LINES_OF_TESTS = 650
METHODS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. ``places`` are globs from the root, ``but_not`` the beginnings of exceptions."""

    name: str
    reason: str
    places: tuple[str, ...]
    check: Callable[[str], Found]
    breaks: str
    keeps: str
    but_not: tuple[str, ...] = ()


def list_painters_left_open(text: str) -> Found:
    """Find each function that makes a QPainter and does not end it."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef):
            continue
        calls = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
        begins = sum(isinstance(called, ast.Name) and called.id == "QPainter" for called in calls)
        ends = sum(isinstance(called, ast.Attribute) and called.attr == "end" for called in calls)
        if begins > ends:
            found.append(f"line {node.lineno}: {node.name}")
    return found


def forbid(pattern: str) -> Callable[[str], Found]:
    """Return a check that finds each line with the pattern."""
    compiled = re.compile(pattern)

    def check(text: str) -> Found:
        return [
            f"line {number}: {line.strip()}"
            for number, line in enumerate(text.splitlines(), 1)
            if compiled.search(line)
        ]

    return check


def forbid_more_lines(most: int) -> Callable[[str], Found]:
    """Return a check that finds a file that is about more than one thing, by its length."""

    def check(text: str) -> Found:
        lines = text.count("\n")
        return [f"{lines} lines"] if lines > most else []

    return check


def find_big_classes(text: str) -> Found:
    """Find classes with many public methods; Qt's own names (mixedCase) are overrides and do not count."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            methods = [
                part.name
                for part in node.body
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
                and not part.name.startswith("_")
                and part.name == part.name.lower()
                and not any(
                    isinstance(mark, ast.Name) and mark.id == "property" for mark in part.decorator_list
                )
            ]
            if len(methods) > METHODS:
                found.append(f"line {node.lineno}: {node.name} has {len(methods)} public methods")
    return found


def find_text_without_encoding(text: str) -> Found:
    """Find files that are read or written in whatever encoding the machine happens to have."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or any(word.arg in {"encoding", None} for word in node.keywords):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [
            part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        reads = name == "read_text" and not node.args
        writes = name == "write_text" and len(node.args) == 1
        opens = (
            name == "open" and isinstance(node.func, ast.Name) and not any("b" in word for word in words[-1:])
        )
        if reads or writes or opens:
            found.append(f"line {node.lineno}: {name} without encoding")
    return found


def list_imports_at_once(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and module of the imports that happen with the module's own: those outside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
        yield from list_imports_at_once(node)


def forbid_import_at_once(*packages: str) -> Callable[[str], Found]:
    """Return a check that finds imports of the packages outside functions."""

    def check(text: str) -> Found:
        return [
            f"line {line}: {name}"
            for line, name in list_imports_at_once(ast.parse(text))
            if name.partition(".")[0] in packages
        ]

    return check


QT_ALLOWED = "QtCore|QtGui|QtWidgets|QtNetwork|QtSvg|QtSvgWidgets|QtPrintSupport|QtTest|QtDBus"
SOURCES = ("main.py", "app/**/*.py", "ui/**/*.py")
TESTS = ("tests/**/*.py",)
PYTHON = (*SOURCES, *TESTS, "packaging/**/*.py")
TEXTS = (*PYTHON, "*.md", "*.toml", ".ci/*", "packaging/**/*.*", "resources/**/*.toml")

RULES = [
    Rule(
        name="no sleeping and no second try in tests",
        reason="a test waits for what it needs (waitSignal, waitUntil, join), or it fails on a slow machine",
        places=TESTS,
        check=forbid(r"\btime\.sleep\(|\bfrom time import .*\bsleep\b|qtbot\.wait\(|\bflaky\b|\breruns\b"),
        breaks="time.sleep(0.1)",
        keeps="qtbot.waitUntil(lambda: done)",
        # Benchmarks are no tests: they may let a machine come to rest.
        but_not=("tests/house/rules.py", "tests/benchmarks/"),
    ),
    Rule(
        name="other threads ring a bell",
        reason="a call into Qt from a worker meets the GUI thread in PySide's tables: one crashed",
        places=("ui/**/*.py", "app/**/*.py"),
        check=forbid(r"\binvokeMethod\(|\bpostEvent\("),
        breaks='QMetaObject.invokeMethod(self, "_show", Qt.ConnectionType.QueuedConnection)',
        keeps="self._bell.ring()",
    ),
    Rule(
        name="types are met by one thread at a time",
        reason="two threads that meet a type of msgspec at once end the process: see app.domain.decoders",
        places=("ui/**/*.py", "app/**/*.py"),
        check=forbid(
            r"\bmsgspec\.(json|msgpack)\.decode\(.*\btype=|\bmsgspec\.convert\(|\bmsgspec\.json\.Decoder\("
        ),
        breaks="data = msgspec.json.decode(entry.data, type=_Data)",
        keeps="data = decoder_of(_Data).decode(entry.data)",
        # Options are read before there are threads.
        but_not=("app/domain/decoders.py", "app/server/options.py"),
    ),
    Rule(
        name="no patching by string path",
        reason="parts are passed in; a path in a string outlives the thing that it names",
        places=TESTS,
        check=forbid(r"""(monkeypatch\.setattr|\bpatch)\(\s*f?["']"""),
        breaks='monkeypatch.setattr("app.clock.now", late)',
        keeps="monkeypatch.setattr(clock, 'now', late)",
        but_not=("tests/house/rules.py",),
    ),
    Rule(
        name="no paths of one machine",
        reason="the program runs from wherever it lies",
        places=TEXTS,
        check=forbid(r"/(work|root|home)/[a-z]|[A-Z]:\\\\?Users\\"),
        breaks='FOLDER = "/home/anna/samverka"',
        keeps="FOLDER = Path(__file__).parent",
        but_not=("tests/house/rules.py",),
    ),
    Rule(
        name="no address of a package index",
        reason="where libraries come from is the business of the machine that installs them",
        places=TEXTS,
        check=forbid(r"--(extra-)?index-url[ =]|/simple/|--find-links[ =]"),
        breaks="--index-url https://example.org/simple/",
        keeps='"--no-emit-index-url",',
        but_not=("tests/house/rules.py",),
    ),
    Rule(
        name="a file is about one thing",
        reason="about 400 lines are what a person can keep in mind",
        places=(*SOURCES, "packaging/**/*.py"),
        check=forbid_more_lines(LINES),
        breaks="x = 1\n" * (LINES + 1),
        keeps="x = 1\n" * LINES,
        # The synchronised types, in the order of the data model: one list, read from top to bottom.
        but_not=("app/domain/records.py",),
    ),
    Rule(
        name="a file of tests is about one thing",
        reason="a case is found faster in a file that is about its subject only",
        places=TESTS,
        check=forbid_more_lines(LINES_OF_TESTS),
        breaks="x = 1\n" * (LINES_OF_TESTS + 1),
        keeps="x = 1\n" * LINES_OF_TESTS,
    ),
    Rule(
        name="a class does one job",
        reason="more than 15 public methods are two classes",
        places=SOURCES,
        check=find_big_classes,
        breaks="class A:\n" + "".join(f"    def do_{n}(self): ...\n" for n in range(METHODS + 1)),
        keeps="class A:\n" + "".join(f"    def do_{n}(self): ...\n" for n in range(METHODS)),
        # The base of every list: what Qt asks of a model, and what the lists answer.
        but_not=("ui/widgets/list_model.py",),
    ),
    Rule(
        name="only Qt modules that may be shipped",
        reason="QtCharts, the virtual keyboard and others are GPL only; Qml and Quick are not used",
        places=PYTHON,
        check=forbid(
            rf"from PySide6 import (?!.*\b({QT_ALLOWED})\b)|(from|import) PySide6\.(?!({QT_ALLOWED})\b)\w"
        ),
        breaks="from PySide6.QtCharts import QChart",
        keeps="from PySide6.QtWidgets import QWidget",
        but_not=("tests/house/rules.py",),
    ),
    Rule(
        name="no event loop inside another and no proxy over Python rows",
        reason="processEvents runs handlers in the middle of others; a proxy needs seconds at 50,000 rows",
        places=("ui/**/*.py",),
        check=forbid(r"\bprocessEvents\(|\bQSortFilterProxyModel\("),
        breaks="QApplication.processEvents()",
        keeps="self.background.run(work, done, failed)",
    ),
    Rule(
        name="no task left in a comment",
        reason="work that is left is an issue, where somebody sees it",
        places=PYTHON,
        check=forbid(r"#.*\b(TODO|FIXME|XXX)\b"),
        breaks="# TODO: later",
        keeps="# Later answers are dropped.",
        but_not=("tests/house/rules.py",),
    ),
    Rule(
        name="no banners",
        reason="a file that needs dividing lines is two files",
        places=PYTHON,
        check=forbid(r"^\s*#\s*[-=#*]{4,}"),
        breaks="# ---- helpers ----",
        keeps="# - one",
    ),
    Rule(
        name="text has an encoding",
        reason="Windows reads and writes files in another one unless it is told",
        places=("main.py", "app/**/*.py", "ui/**/*.py", "packaging/**/*.py"),
        check=find_text_without_encoding,
        breaks="path.read_text()",
        keeps="path.read_text(encoding='utf-8')",
    ),
    Rule(
        name="nothing that only POSIX has",
        reason="the program runs on Windows; app/paths.py chooses by platform and names both ways",
        places=SOURCES,
        check=forbid(
            r"\bos\.(fork|getuid|geteuid|setsid|killpg|mkfifo)\b|\bSIGKILL\b"
            r"|\bimport (fcntl|pwd|grp|resource|termios)\b"
        ),
        breaks="import fcntl",
        keeps="import msvcrt",
        but_not=("app/paths.py",),
    ),
    Rule(
        name="main and the command line reach ui only inside functions",
        reason="serve, import and the others run on machines without Qt's libraries",
        places=("main.py", "app/commandline/**/*.py"),
        check=forbid_import_at_once("ui", "PySide6"),
        breaks="from ui.running import run_application",
        keeps="def run():\n    from ui.running import run_application",
    ),
    Rule(
        name="the command line loads nothing heavy before the command is known",
        reason="the first picture comes before SQLAlchemy, requests, keyring and msgspec are loaded",
        places=(
            "main.py",
            "app/commandline/entry.py",
            "app/commandline/window.py",
            "app/commandline/parser.py",
        ),
        check=forbid_import_at_once("sqlalchemy", "alembic", "requests", "keyring", "msgspec", "litestar"),
        breaks="import sqlalchemy",
        keeps="def run():\n    import sqlalchemy",
    ),
    Rule(
        name="a painter is ended where it was begun",
        reason="it lives as long as its frame otherwise, and Qt crashes where somebody holds that (measured)",
        places=("ui/**/*.py",),
        check=list_painters_left_open,
        breaks="def paintEvent(self):\n    painter = QPainter(self)\n    painter.drawText(text)",
        keeps="def paintEvent(self):\n    painter = QPainter(self)\n    painter.end()",
    ),
]
