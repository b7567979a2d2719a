"""From a fresh checkout to a running program, with the standard library only.

    python3 packaging/bootstrap.py install        the environment, its locked libraries, the translations
    python3 packaging/bootstrap.py run            the program on the sample firm
    python3 packaging/bootstrap.py test [WORDS]   the tests; WORDS go to pytest
    python3 packaging/bootstrap.py check [--long] everything that CI runs
    python3 packaging/bootstrap.py lock           the locks anew, for every platform (needs uv)
    python3 packaging/bootstrap.py translations   the sentences of the screens, gathered and compiled

Everything lands in .venv and in generated files that git does not keep. On Debian and Ubuntu, as root, the
system's libraries are installed too; where that is not possible the command that would do it is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "packaging" / "locks"
TRANSLATIONS = ROOT / "resources" / "translations"
OLDEST_PYTHON = (3, 11)

# Lock name -> what uv calls the platform. manylinux_2_34 is what PySide6-Essentials 6.11's wheel asks for.
PLATFORMS = {
    "linux-x86_64": "x86_64-manylinux_2_34",
    "windows-amd64": "x86_64-pc-windows-msvc",
    "macos-arm64": "aarch64-apple-darwin",
    "macos-x86_64": "x86_64-apple-darwin",
}


class StepError(Exception):
    """Something that a person has to do or to mend first; the text says what."""


def say(text: str = "") -> None:
    """Print at once, also where the output is a file or a pipe."""
    print(text, flush=True)


def call(words: list[str], *, env: dict[str, str] | None = None, quiet: bool = False) -> None:
    """Run a program without input and stop at its failure."""
    output = subprocess.DEVNULL if quiet else None
    answer = subprocess.run(words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, check=False)
    if answer.returncode != 0:
        raise StepError(f"{Path(words[0]).name} ended with {answer.returncode}: {' '.join(words)}")


def find_lock_name(system: str, machine: str) -> str:
    """Return which lock fits; StepError where there is none."""
    name = {
        ("linux", "x86_64"): "linux-x86_64",
        ("linux", "amd64"): "linux-x86_64",
        ("windows", "amd64"): "windows-amd64",
        ("darwin", "arm64"): "macos-arm64",
        ("darwin", "x86_64"): "macos-x86_64",
    }.get((system.lower(), machine.lower()))
    if name is None:
        raise StepError(
            f"No lock for {system} on {machine}; there are locks for {', '.join(sorted(PLATFORMS))}."
        )
    return name


def venv_program(name: str) -> str:
    """Return the path of a program inside .venv."""
    if os.name == "nt":
        return str(VENV / "Scripts" / f"{name}.exe")
    return str(VENV / "bin" / name)


def is_debian(os_release: str) -> bool:
    """Say whether /etc/os-release describes Debian, Ubuntu or something made of them."""
    found = dict(re.findall(r'^(ID|ID_LIKE)="?([^"\n]*)"?$', os_release, flags=re.MULTILINE))
    return bool({"debian", "ubuntu"} & set(f"{found.get('ID', '')} {found.get('ID_LIKE', '')}".split()))


def read_packages(name: str) -> list[str]:
    """Return the Debian packages of packaging/linux/packages-NAME.txt."""
    lines = (ROOT / "packaging" / "linux" / f"packages-{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def list_missing_packages(wanted: list[str], status: str) -> list[str]:
    """Return what is not installed, by dpkg-query's lines ``name status`` (``ii`` is installed)."""
    installed = {line.split()[0].partition(":")[0] for line in status.splitlines() if " ii" in line}
    return [name for name in wanted if name not in installed]


def install_system_packages(wanted: list[str]) -> None:
    """Install Debian packages that are missing, or say which command would."""
    release = Path("/etc/os-release")
    if not sys.platform.startswith("linux"):
        return
    if not release.exists() or not is_debian(release.read_text(encoding="utf-8")):
        say("This is not Debian or Ubuntu. Qt needs the libraries that Debian calls:")
        say("  " + " ".join(wanted))
        return
    status = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n", *wanted],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    ).stdout  # fmt: skip
    missing = list_missing_packages(wanted, status)
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        say("Some of the system's packages are missing. This installs them:")
        say("  sudo " + " ".join(command))
        return
    say(f"Installing {len(missing)} packages of the system: {' '.join(missing)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "update", "-q"], env=env, quiet=True)
    call(command, env=env, quiet=True)


def make_environment() -> None:
    """Make .venv, or keep the one that is there when its Python is new enough."""
    python = Path(venv_program("python"))
    if python.exists():
        test = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
        if subprocess.run([str(python), "-c", test], check=False, stdin=subprocess.DEVNULL).returncode == 0:
            return
        say("The Python of .venv does not run or is too old; it is made anew.")
    try:
        call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    except StepError as error:
        raise StepError(
            f"{error}\nPython's venv is missing. On Debian and Ubuntu: sudo apt-get install -y python3-venv"
        ) from error


def install_libraries() -> None:
    """Install exactly what the lock of this platform names, once per lock."""
    lock = LOCKS / f"{find_lock_name(platform.system(), platform.machine())}.txt"
    stamp, wanted = VENV / "samverka-lock.sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    python = venv_program("python")
    say(f"Installing the libraries of {lock.relative_to(ROOT)}")
    has_pip = subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    if not has_pip and shutil.which("uv"):
        call(["uv", "pip", "install", "-q", "--python", python, "--require-hashes", "-r", str(lock)])
    else:
        if not has_pip:
            call([python, "-m", "ensurepip", "--upgrade"])
        call(
            [python, "-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check",
             "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
        )  # fmt: skip
    stamp.write_text(wanted, encoding="ascii")


def install(*, for_tests: bool, long: bool = False) -> None:
    """Set everything up; what is there already is left alone."""
    if sys.version_info < OLDEST_PYTHON:
        raise StepError(f"Samverka needs Python 3.11 or newer; this is {platform.python_version()}.")
    wanted = read_packages("run") + (read_packages("test") if for_tests else [])
    if long:
        wanted += read_packages("container")
    if for_tests and shutil.which("npm") is None:
        # Apart from the others: Node.js from elsewhere has npm in it and does not go with Debian's.
        wanted += read_packages("node")
    if not Path(venv_program("python")).exists():
        wanted.append("python3-venv")
    if for_tests and sys.base_prefix == "/usr":
        # Debian's own Python has its shared library, which a frozen program takes along, in another package.
        wanted.append(f"libpython3.{sys.version_info.minor}")
    install_system_packages(wanted)
    make_environment()
    install_libraries()
    compile_translations(TRANSLATIONS)


def gather_translations(folder: Path) -> None:
    """Bring the .ts files up to date with the sources. Swedish is the source and holds plural forms only."""
    sources = sorted(str(path) for path in (ROOT / "ui").rglob("*.py"))
    with tempfile.NamedTemporaryFile("w", suffix=".lst", delete=False, encoding="utf-8") as file:
        file.write("\n".join(sources))
    options = ["-no-obsolete", "-locations", "none", "-silent", "-source-language", "sv_SE"]
    try:
        for language, more in (("en", []), ("sv", ["-pluralonly"])):
            call(
                [venv_program("pyside6-lupdate"), f"@{file.name}", *options, *more,
                 "-target-language", language, "-ts", str(folder / f"samverka_{language}.ts")]
            )  # fmt: skip
    finally:
        Path(file.name).unlink()


def compile_translations(folder: Path) -> None:
    """Make the .qm files that the program loads."""
    for source in sorted(folder.glob("*.ts")):
        # A program that is open has the old file mapped into its memory: it is replaced, never written over.
        made = source.with_suffix(f".qm.{os.getpid()}")
        call([venv_program("pyside6-lrelease"), "-silent", str(source), "-qm", str(made)])
        made.replace(source.with_suffix(".qm"))


def list_unfinished(source: Path) -> list[str]:
    """Return the sentences of a .ts file that have no finished translation."""
    unfinished = []
    for message in ElementTree.parse(source).iter("message"):  # noqa: S314  our own file
        translation = message.find("translation")
        forms = [] if translation is None else list(translation.iter("numerusform"))
        texts = [form.text for form in forms] or [None if translation is None else translation.text]
        if translation is None or translation.get("type") or not all(texts):
            unfinished.append(f"{source.name}: {message.findtext('source')}")
    return unfinished


def check_translations() -> None:
    """Fail where the sources have sentences that the .ts files do not know, or that are not translated."""
    problems = []
    with tempfile.TemporaryDirectory() as temporary:
        fresh = Path(temporary)
        for source in TRANSLATIONS.glob("*.ts"):
            shutil.copy(source, fresh)
        gather_translations(fresh)
        for source in sorted(fresh.glob("*.ts")):
            problems += list_unfinished(source)
            kept = TRANSLATIONS / source.name
            if not kept.exists() or kept.read_bytes() != source.read_bytes():
                problems.append(f"{source.name} is not up to date: run packaging/bootstrap.py translations")
        compile_translations(fresh)
    if problems:
        raise StepError("\n".join(problems))


def wrap_in_screen(words: list[str]) -> list[str]:
    """Return the command inside an X screen of its own, where the machine has one.

    No message bus: on one, a keyring that is installed would start and ask for a password. The tests that
    need a keyring start a bus for it (tests/support/secret_service.py).
    """
    if sys.platform.startswith("linux") and shutil.which("xvfb-run"):
        return ["xvfb-run", "-a", "-s", "-screen 0 1920x1200x24 -nolisten tcp", *words]
    return words


def run_pytest(name: str, words: list[str], *, screen: bool, env: dict[str, str]) -> dict[str, int]:
    """Run pytest, show what it prints and return its counts of outcomes."""
    command = [venv_program("python"), "-m", "pytest", *words]
    platform_name = "xcb" if screen and sys.platform.startswith("linux") else "offscreen"
    if screen:
        command = wrap_in_screen(command)
    say(f"-- {name}: {' '.join(words)}")
    last = ""
    with subprocess.Popen(
        command, cwd=ROOT, env={**env, "QT_QPA_PLATFORM": platform_name}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = (
                line
                if " in " in line and re.search(r"\d+ (passed|failed|error|skipped|deselected)", line)
                else last
            )
    counts = count_outcomes(last)
    if process.returncode not in (0, 5) and not counts.keys() & {"failed", "errors"}:
        counts["errors"] = 1
    return counts


def count_outcomes(line: str) -> dict[str, int]:
    """Read pytest's last line: ``2 failed, 30 passed in 1.2s``."""
    counts: dict[str, int] = {}
    for number, word in re.findall(
        r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?)", line
    ):
        counts["errors" if word == "error" else word] = int(number)
    return counts


def add_counts(runs: list[dict[str, int]]) -> dict[str, int]:
    """Return the sums over several runs of pytest; what one left out another one ran."""
    total: dict[str, int] = {}
    for run in runs:
        for word, number in run.items():
            if word not in {"deselected", "warning", "warnings"}:
                total[word] = total.get(word, 0) + number
    return total


def run_tests(*, long: bool) -> None:
    """Run every test: most of them side by side, those with the whole program one by one on a screen."""
    began = time.monotonic()
    env = {**os.environ, **({"SAMVERKA_LONG": "1"} if long else {})}
    runs = [
        run_pytest(
            "tests", ["-q", "-n", "2", "--dist", "loadfile", "-m", "not acceptance"], screen=False, env=env
        ),
        run_pytest("acceptance", ["-q", "-m", "acceptance"], screen=True, env=env),
    ]
    total = add_counts(runs)
    line = ", ".join(
        f"{number} {word}" for word, number in sorted(total.items(), key=lambda pair: pair[0] != "failed")
    )
    say(f"===== {line or 'no tests ran'} in {time.monotonic() - began:.2f}s =====")
    if not total.get("passed") or total.get("failed") or total.get("errors"):
        raise StepError("tests failed")


def check(*, long: bool) -> int:
    """Run every check, each to its end, and say at the end which of them failed."""
    python = venv_program("python")
    steps: list[tuple[str, Callable[[], None]]] = [
        ("format", partial(call, [python, "-m", "ruff", "format", "--check", "-q", "."])),
        ("lint", partial(call, [python, "-m", "ruff", "check", "-q", "."])),
        ("types", partial(call, [python, "-m", "mypy"])),
        ("contracts", partial(call, [venv_program("lint-imports"), "--no-logo"])),
        ("translations", check_translations),
        ("tests", partial(run_tests, long=long)),
    ]
    failed = []
    for name, step in steps:
        began = time.monotonic()
        say(f"== {name}")
        try:
            step()
            verdict = "ok"
        except StepError as error:
            failed.append(name)
            verdict = f"FAILED: {error}"
        say(f"== {name}: {verdict} ({time.monotonic() - began:.1f} s)\n")
    say(f"check: {'failed: ' + ', '.join(failed) if failed else 'all ok'}")
    return 1 if failed else 0


def has_screen(environment: dict[str, str], system: str) -> bool:
    """Say whether a window can be shown: on Linux a display, or a Qt platform chosen by hand."""
    if not system.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run_program(words: list[str]) -> int:
    """Open the program on the sample firm, with further words for it."""
    if not has_screen(dict(os.environ), sys.platform):
        say("Everything is installed, but there is no screen here: DISPLAY and WAYLAND_DISPLAY are not set.")
        say("On a screen of its own, without anybody to look at it:")
        say("  xvfb-run -a -s '-screen 0 1920x1200x24' python3 packaging/bootstrap.py run")
        say("Without any screen: QT_QPA_PLATFORM=offscreen python3 packaging/bootstrap.py run")
        return 3
    return subprocess.run(
        [venv_program("python"), "main.py", "--demo", *words], cwd=ROOT, check=False
    ).returncode


def make_locks() -> None:
    """Resolve pyproject.toml for every platform, with hashes and without any index's address."""
    if not shutil.which("uv"):
        raise StepError("The locks are made with uv, which is not installed.")
    LOCKS.mkdir(exist_ok=True)
    for name, target in PLATFORMS.items():
        call(
            ["uv", "pip", "compile", "pyproject.toml", "--extra", "dev", "--generate-hashes", "--upgrade",
             "-q", "--python-platform", target, "--python-version", "3.11", "--only-binary", ":all:",
             "--no-emit-index-url", "--no-header", "--no-annotate", "-o", str(LOCKS / f"{name}.txt")],
            quiet=True,
        )  # fmt: skip
    # A server in a container: the same versions, without the tools and without Qt, which it does not load.
    call(
        ["uv", "pip", "compile", "pyproject.toml", "--constraint", str(LOCKS / "linux-x86_64.txt"),
         "--generate-hashes", "-q", "--python-platform", PLATFORMS["linux-x86_64"],
         "--python-version", "3.11", "--only-binary", ":all:",
         "--no-emit-index-url", "--no-header", "--no-annotate",
         "--no-emit-package", "pyside6-essentials", "--no-emit-package", "shiboken6",
         "-o", str(LOCKS / "server-linux-x86_64.txt")],
        quiet=True,
    )  # fmt: skip


def main(words: list[str]) -> int:
    """Do what is asked; 0 is done, 1 a check that failed, 2 wrong use, 3 could not."""
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", description="Sets up, runs, tests and checks Samverka."
    )
    parser.add_argument("command", choices=["install", "run", "test", "check", "lock", "translations"])
    parser.add_argument("--long", action="store_true", help="check: many more examples in the property tests")
    arguments, more = parser.parse_known_args(words)
    if more and arguments.command not in {"run", "test"}:
        parser.error(f"not understood: {' '.join(more)}")
    try:
        if arguments.command == "lock":
            make_locks()
            return 0
        install(for_tests=arguments.command in {"test", "check"}, long=arguments.long)
        if arguments.command == "run":
            return run_program(more)
        if arguments.command == "check":
            return check(long=arguments.long)
        if arguments.command == "translations":
            gather_translations(TRANSLATIONS)
            compile_translations(TRANSLATIONS)
        elif arguments.command == "test":
            if not more:
                run_tests(long=arguments.long)
            else:
                counts = run_pytest("test", more, screen=True, env=dict(os.environ))
                return 1 if counts.get("failed") or counts.get("errors") else 0
    except StepError as error:
        say(str(error))
        return 3 if arguments.command != "test" else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
