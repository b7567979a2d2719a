"""A run over all companies in a process of its own, with progress, so that no window waits for it.

The process is started afresh (spawn), also in a frozen program, and is given what it compares: it opens no
file and no database. Customers go over first, then companies in lots, of which each is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from app.child_process import ChildProcess
from app.domain.records import Company, Contact, Customer
from app.errors import SamverkaError
from app.matching.index import CustomerIndex
from app.matching.many import LOT, collection_paused
from app.matching.suggestions import FoundCustomer, find_customer

_CUSTOMERS_AT_A_TIME = 2000
_ANSWER_SECONDS = 120.0
"""For a lot of either; before the first answer the process is loaded and takes in the last customers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """A customer with all that its index entry is made of."""

    customer: Customer
    contacts: tuple[Contact, ...] = ()
    web_domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyQuestion:
    """A company to find the customer of. ``excluded`` are customers that a person has said it is not."""

    key: str
    company: Company
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lot:
    """Answers by the company's key, and how many questions are answered so far.

    ``failed`` is for each question that raised what it raised: the others are answered all the same.
    """

    found: dict[str, FoundCustomer]
    done: int
    failed: dict[str, str] = field(default_factory=dict)


class FullRun:
    """Finds the customers of many companies; a context manager that ends its process in any case.

    Use it on one thread that may wait. ``cancel`` may be called from any other.
    """

    def __init__(self, customers: Iterable[CustomerFacts], patience: float = _ANSWER_SECONDS) -> None:
        """Start the process. ``patience`` is how many seconds, at most twice, it is waited for at a time.

        Raises:
            SamverkaError: ``matching_stopped`` where it cannot be started.
        """
        try:
            self._child = ChildProcess(_work, "samverka-matching", patience=patience)
        except OSError as error:
            raise SamverkaError("matching_stopped") from error
        self._cancelled = False
        self._customers = iter(customers)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._child.pid

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._child.is_alive

    def kill(self) -> None:
        """End the process at once, as a system without memory does."""
        self._child.kill()

    def __enter__(self) -> Self:
        """Return the run."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, finished or not."""
        self._child.end(at_once=kind is not None or self._cancelled)

    def cancel(self) -> None:
        """Let the run end after the lot that is being answered."""
        self._cancelled = True

    def answers(self, questions: Iterable[CompanyQuestion]) -> Iterator[Lot]:
        """Yield the answers lot by lot, in the order of the questions; none after ``cancel``.

        Raises:
            SamverkaError: ``matching_stopped`` where the process ended by itself (killed, out of memory) or
                stands still.
        """
        try:
            while lot := list(islice(self._customers, _CUSTOMERS_AT_A_TIME)):
                if self._cancelled:
                    return
                self._child.send(lot)
            self._child.send(None)
            waiting, done = iter(questions), 0
            asked = self._ask(waiting)
            while asked and not self._cancelled:
                found, failed = self._child.recv()
                done += asked
                # Asked before the answers are handled: the other process works meanwhile, and as it waits
                # for questions now, the two never wait for each other.
                asked = self._ask(waiting)
                yield Lot(found, done, failed)
        except (EOFError, OSError) as error:
            raise SamverkaError("matching_stopped") from error

    def _ask(self, waiting: Iterator[CompanyQuestion]) -> int:
        lot = list(islice(waiting, LOT))
        if lot:
            self._child.send(lot)
        return len(lot)


def _work(connection: Connection) -> None:
    """Answer in the other process for as long as somebody asks."""
    index = CustomerIndex()
    while (lot := connection.recv()) is not None:
        with collection_paused():
            for facts in lot:
                index.put(facts.customer, facts.contacts, web_domain=facts.web_domain)
    while True:
        questions: list[CompanyQuestion] = connection.recv()
        with collection_paused():
            answers = _answer(questions, index)
        connection.send(answers)


def _answer(
    questions: Iterable[CompanyQuestion], index: CustomerIndex
) -> tuple[dict[str, FoundCustomer], dict[str, str]]:
    found: dict[str, FoundCustomer] = {}
    failed: dict[str, str] = {}
    for question in questions:
        try:
            found[question.key] = find_customer(question.company, index, excluded=question.excluded)
        except Exception as error:  # noqa: BLE001 - the top of one search: the asker is told, the rest go on
            failed[question.key] = type(error).__name__
    return found, failed
