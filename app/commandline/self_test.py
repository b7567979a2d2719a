"""`self-test`: the parts of the program on this machine, one after the other, in a temporary profile.

It runs the same from source and frozen, where it proves that the child process, the data files and the
libraries that are named by strings only are in the package.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app import __version__
from app.commandline.exit_status import ExitStatus
from app.commandline.parser import CommandParser
from app.commandline.printing import print_json, print_line
from app.commandline.sample_profile import KeyInMemory, temporary_profile
from app.paths import Profile

if TYPE_CHECKING:
    from app.bootstrap import Samverka, Start
    from app.storage.shown_process import MakingProcess

PLAIN_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Step:
    """What was tried, whether it went well, how long it took and what was found."""

    name: str
    ok: bool
    seconds: float
    detail: str


class SelfTestError(Exception):
    """A step found something else than it should; the text says what."""


def declare(parser: CommandParser) -> None:
    """Declare the options."""
    parser.add_shared_options(json=True)


def run(arguments: argparse.Namespace) -> int:
    """Try everything and print what came of it; a step after one that failed is tried all the same."""
    steps = []
    for step in try_everything():
        steps.append(step)
        if not arguments.json:
            mark = "ok" if step.ok else "FEL" if arguments.spoken == "sv" else "FAILED"
            print_line(f"{step.name:<12} {mark:<8}{step.seconds:6.2f} s  {step.detail}")
    if arguments.json:
        print_json({"steps": [asdict(step) for step in steps]})
    return ExitStatus.DONE if all(step.ok for step in steps) else ExitStatus.FAILED


def try_everything() -> Iterator[Step]:
    """Yield the steps as they are done."""
    yield take_step("program", describe_program)
    yield take_step("resources", load_resources)
    yield take_step("swedish", sort_in_swedish)
    yield take_step("suggestions", suggest_in_another_process)
    yield take_step("lists", make_lists_in_another_process)
    yield take_step("keyring", describe_keyring)
    with temporary_profile() as profile:
        yield from try_profile(profile)


def try_profile(profile: Profile) -> Iterator[Step]:
    """Yield the steps that need a profile: cache, server, synchronisation, screens."""
    with ExitStack() as stack:
        opened: list[tuple[Start, Samverka]] = []
        yield take_step("cache", lambda: open_cache(profile, stack, opened))
        if not opened:
            return
        start, samverka = opened[0]
        yield take_step("server", lambda: start_server(samverka))
        yield take_step("sign-in", lambda: sign_in(samverka))
        yield take_step("sync", lambda: synchronise(samverka))
        yield take_step("queue", lambda: search_for_all_in_another_process(samverka))
        yield take_step("first-screen", lambda: read_first_screen(start))
        yield take_step("encryption", lambda: look_for_plain_text(start))
        yield take_step("screens", lambda: build_screens(samverka))


def take_step(name: str, work: Callable[[], str]) -> Step:
    """Do one step; whatever it raises is its result."""
    began = time.monotonic()
    try:
        detail, ok = work(), True
    except Exception as error:  # noqa: BLE001  the step is there to find out: everything is a finding
        detail, ok = f"{type(error).__name__}: {error}", False
    return Step(name, ok, round(time.monotonic() - began, 3), detail)


def describe_program() -> str:
    """Tell what runs where."""
    kind = "frozen" if getattr(sys, "frozen", False) else "source"
    return (
        f"{__version__}, {kind}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )


def load_resources() -> str:
    """Load the data files that every start needs."""
    from app.catalogue import load_catalogue
    from app.commandline.parser import load_texts
    from app.commandline.sentences import say_code

    services = load_catalogue().services
    for language in ("sv", "en"):
        load_texts(language)
        say_code("unknown_code", {}, language)
    return f"{len(services)} services, sentences in sv and en"


def sort_in_swedish() -> str:
    """Sort as a Swedish reader expects: å ä ö after z, numbers by their value."""
    from app.domain.swedish_order import sort_key

    expected = ["A35", "A212", "Zäta", "Åke", "Ärla", "Öster"]
    found = sorted(["Öster", "A212", "Åke", "A35", "Ärla", "Zäta"], key=sort_key)
    if found != expected:
        raise SelfTestError(f"sorted as {found}")
    return " ".join(found)


def suggest_in_another_process() -> str:
    """Find a customer by a name with a slip, in the process that full runs are made in."""
    from app.domain.records import Company, Customer
    from app.matching.full_run import CompanyQuestion, CustomerFacts, FullRun

    names = ("Sävsjöströms Mekaniska AB", "Åmåls Bokbinderi HB")
    customers = [CustomerFacts(customer=Customer(id=name, customer_number="", name=name)) for name in names]
    with FullRun(customers) as run:
        asked = CompanyQuestion(key="slip", company=Company(name="SAVSJOSTROMS MEK. AKTIEBOLAG"))
        found = next(run.answers([asked])).found["slip"]
    if [candidate.customer_id for candidate in found.candidates[:1]] != [names[0]]:
        raise SelfTestError(f"found {[candidate.customer_id for candidate in found.candidates]}")
    return f"{found.band}, {found.candidates[0].score} of 100"


def make_lists_in_another_process(start: Callable[[], MakingProcess] | None = None) -> str:
    """Make a customer's row of the lists where a large first synchronisation makes them.

    The program makes the rows itself where that process does not start, so that nobody would notice.
    ``start`` starts the process.
    """
    from app.contract.codec import encode_record
    from app.domain.records import Customer
    from app.storage.shown_process import MakingProcess

    customer = encode_record(Customer(id="cu_1", customer_number="1", name="Åmåls Bokbinderi HB")).decode()
    part = ("cu_1", f'[["customer",{customer}]]'.encode(), 1, "2026-11-25T08:00:00+00:00", 0)
    with (start or MakingProcess)() as process:
        lots = list(process.make_lots([[part]], {}))
        made_here = process.made_here
    if made_here:
        raise SelfTestError(f"{made_here} of {len(lots)} parts were made in this process")
    return f"{len(lots)} part"


def describe_keyring() -> str:
    """Tell which keyring keeps the key; without one a passphrase takes its place, which is no fault."""
    from app.bootstrap import describe_keyring as describe

    return describe()


def open_cache(profile: Profile, stack: ExitStack, opened: list[tuple[Start, Samverka]]) -> str:
    """Lock the profile, make and migrate its cache, and build the program on it."""
    from app.bootstrap import Start

    start = Start(profile, demo=True, key_store=KeyInMemory())
    start.lock()
    stack.callback(start.unlock)
    samverka = start.build(start=False)
    stack.callback(samverka.close)
    opened.append((start, samverka))
    return profile.database_file.name


def start_server(samverka: Samverka) -> str:
    """Start the embedded server: a process of its own, with the sample firm."""
    samverka.connection.ensure_server()
    return samverka.connection.transport.base_url


def sign_in(samverka: Samverka) -> str:
    """Sign in to the sample firm with code and proof key, as a browser would."""
    samverka.session.sign_in_sample()
    return "signed in" if samverka.connection.is_signed_in else "not signed in"


def synchronise(samverka: Samverka) -> str:
    """Make one round and find the sample firm's customers in the cache."""
    result = samverka.connection.engine.round()
    if not result.received:
        raise SelfTestError("nothing was received")
    return f"{result.received} records received"


def search_for_all_in_another_process(samverka: Samverka) -> str:
    """Search for every unlinked company as the screen does after a large move.

    The program searches itself where that process does not start, so that nobody would notice.
    """
    from app.usecases.reconciliation import Reconciliation

    reconciliation = Reconciliation(samverka.workspace, samverka.catalogue, process_from=1)
    queue = reconciliation.queue
    try:
        if not queue.search_all() or queue.needs_search():
            raise SelfTestError("companies are left that wait")
        companies = queue.figures().companies
    finally:
        reconciliation.stop()
    if not queue.found_by_process:
        raise SelfTestError(f"all of {companies} companies were searched for in this process")
    return f"{queue.found_by_process} of {companies} companies"


def read_first_screen(start: Start) -> str:
    """Read the first picture as the window does, past the libraries."""
    first = start.read_first_screen()
    if first is None or not first.lines:
        raise SelfTestError("the first screen is empty")
    return f"{len(first.lines)} of {first.customers} customers"


def look_for_plain_text(start: Start) -> str:
    """Look for a customer's name in every file of the profile, and for a database that is not encrypted."""
    first = start.read_first_screen()
    if first is None or not first.lines:
        raise SelfTestError("there is no customer to look for")
    name = max((line.name for line in first.lines), key=len).encode()
    files = [
        path for path in start.profile.folder.rglob("*") if path.is_file() and path != start.profile.lock_file
    ]
    for path in files:
        content = path.read_bytes()
        if content.startswith(PLAIN_SQLITE) or name in content:
            raise SelfTestError(f"{path.name} can be read without the key")
    return f"{len(files)} files, nothing readable in them"


def build_screens(samverka: Samverka) -> str:
    """Build every screen without a display, in Swedish, and let each ask its questions."""
    from ui.screenshots import build_every_screen

    return ", ".join(build_every_screen(samverka, language="sv"))
