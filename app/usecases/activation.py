"""Activating services for a customer: what the wizard asks, keeps and sends.

Everything here runs on the `db` thread, but ``check``, which asks the server and runs in the pool.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence

from app.catalogue import Catalogue
from app.clock import Clock
from app.contract.wire import MAXIMUM_CHECKS
from app.domain.activation_draft import ActivationDraft, give_consent, without_consent
from app.domain.activation_facts import CustomerFacts, Situation
from app.domain.activation_language import language_of
from app.domain.activation_many import is_stuck
from app.domain.activation_sending import to_activation
from app.domain.commands import CreateActivation
from app.domain.preconditions import list_problems
from app.domain.records import Registration
from app.errors import SamverkaError
from app.storage import customer_rows
from app.storage.customer_rows import CustomerFilter
from app.storage.keyvalues import remove_draft
from app.storage.local_reader import LocalReader
from app.storage.outbox import find_entry
from app.usecases import activation_drafts
from app.usecases.activation_preview import write_previews
from app.usecases.activation_progress import read_sending
from app.usecases.activation_reading import Answers, needed_commands, read_facts, read_situation
from app.usecases.activation_repairs import ActivationRepairs
from app.usecases.activation_stopped import StoppedActivations
from app.usecases.activation_values import CustomerHit, DraftSummary, PreviewMail, Sending, SentOne
from app.usecases.workspace import Decision, Workspace

Checker = Callable[[Sequence[str]], Sequence[Registration]]
"""Asks the server about customers (POST /v1/registrations/check). Raises RemoteError, SignInError."""

HITS = 60


class Activations:
    """Queries and commands of the activation. ``check_online`` is None where there is no server at all."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        *,
        check_online: Checker | None = None,
        is_online: Callable[[], bool] = lambda: False,
    ) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._check_online = check_online
        self._is_online = is_online
        self._answers = Answers()
        self.draft_texts = activation_drafts.DraftTexts(workspace)
        self.repairs = ActivationRepairs(workspace)
        self.stopped = StoppedActivations(workspace, self._answers)

    @property
    def clock(self) -> Clock:
        """The clock that drafts and answers are aged by."""
        return self._workspace.clock

    # Asking

    def get_situation(self) -> Situation:
        """Return the firm, who decides, the moment, and whether the server is reached."""
        with self._workspace.read() as unit:
            return read_situation(unit, self._workspace, online=self._is_online())

    def get_facts(self, customer_id: str) -> CustomerFacts:
        """Return what is known about the customer. Raises SamverkaError ``gone``."""
        with self._workspace.read() as unit:
            return read_facts(LocalReader(unit), customer_id, self._answers)

    def list_facts(self, customer_ids: Sequence[str]) -> tuple[CustomerFacts, ...]:
        """Return what is known about many customers at one moment, without those that are gone."""
        found = []
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            for customer_id in customer_ids:
                try:
                    found.append(read_facts(reader, customer_id, self._answers))
                except SamverkaError:
                    continue
        return tuple(found)

    def find_customers(self, text: str = "") -> tuple[CustomerHit, ...]:
        """Return customers that fit what was typed, in Swedish order of their names."""
        with self._workspace.read() as unit:
            handles = customer_rows.list_handles(unit, CustomerFilter(search=text))
            lines = customer_rows.fetch_lines(unit, handles[:HITS])
        return tuple(
            CustomerHit(
                id=line.id,
                name=line.name,
                customer_number=line.number,
                identity=line.identity,
                town=line.town,
            )
            for line in lines
        )

    def check(self, customer_ids: Sequence[str]) -> tuple[CustomerFacts, ...]:
        """Ask the vendor, through the server, whether these companies are registered.

        Raises:
            RemoteError: the server is not reached. SignInError: the sign-in has ended.
        """
        if self._check_online is None:
            raise SamverkaError("offline")
        for start in range(0, len(customer_ids), MAXIMUM_CHECKS):
            self._answers.keep(self._check_online(customer_ids[start : start + MAXIMUM_CHECKS]))
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            return tuple(read_facts(reader, customer_id, self._answers) for customer_id in customer_ids)

    # Drafts

    def save_draft(self, draft: ActivationDraft) -> ActivationDraft:
        """Keep the draft, without any consent; return it with when it was kept."""
        kept = dataclasses.replace(draft, saved_at=self._workspace.clock.now())
        with self._workspace.database.write() as unit:
            activation_drafts.write_draft(unit, without_consent(kept))
        self._workspace.tell(activation_drafts.CHANGED)
        return kept

    def open_draft(self, draft_id: str) -> ActivationDraft:
        """Return a draft that was kept. Raises SamverkaError ``draft_gone`` or ``draft_unreadable``."""
        with self._workspace.read() as unit:
            return activation_drafts.read_draft(unit, draft_id)

    def list_drafts(self) -> tuple[DraftSummary, ...]:
        """Return the drafts that were kept, the last changed first."""
        with self._workspace.read() as unit:
            return activation_drafts.list_summaries(unit, self._catalogue)

    def discard_draft(self, draft_id: str) -> ActivationDraft | None:
        """Remove a draft and return it, so that it can be kept again; None where it could not be read."""
        try:
            draft = self.open_draft(draft_id)
        except SamverkaError:
            draft = None
        self.delete_draft(draft_id)
        return draft

    def delete_draft(self, draft_id: str) -> None:
        """Remove a draft; one that is not there is no error."""
        with self._workspace.database.write() as unit:
            remove_draft(unit, draft_id)
        self._workspace.tell(activation_drafts.CHANGED)

    # Sending

    def preview(self, draft: ActivationDraft, customer_id: str) -> tuple[PreviewMail, ...]:
        """Return the e-mails as they will look, for everybody who gets one."""
        customer = draft.get_customer(customer_id)
        with self._workspace.read() as unit:
            facts = read_facts(LocalReader(unit), customer_id, self._answers)
            situation = read_situation(unit, self._workspace, online=self._is_online())
        return write_previews(customer, facts, situation, self._catalogue, language_of(draft, customer))

    def find_refusals(
        self, draft: ActivationDraft, customer_ids: Collection[str]
    ) -> Mapping[str, SamverkaError]:
        """Return, by customer, why the rules would refuse it as it is now, consent given.

        The same rules as the server's, over what is known here at one moment. Who is not in the answer would
        not be refused.
        """
        version = self._catalogue.texts.consent_version
        found: dict[str, SamverkaError] = {}
        with self._workspace.read() as unit:
            situation = read_situation(unit, self._workspace, online=self._is_online())
            reader = LocalReader(unit)
            for customer_id in customer_ids:
                customer = give_consent(draft.get_customer(customer_id), consented=True)
                try:
                    facts = read_facts(reader, customer_id, self._answers)
                except SamverkaError as error:
                    found[customer_id] = error
                    continue
                activation = to_activation(draft, customer, facts, situation, consent_text=version)
                refused = self._workspace.check_in(unit, CreateActivation(activation=activation))
                if refused is not None:
                    found[customer_id] = refused
        return found

    def send(self, draft: ActivationDraft, customer_id: str) -> Sending:
        """Put the activation of one customer into the outbox and remove it from the draft.

        The same draft sent again, from another window too, is the same command: it is not sent twice.

        Raises:
            SamverkaError: the code of the first problem that blocks, or ``consent_missing``.
            RejectedError: the rules refuse it after what has happened meanwhile.
        """
        sending = self._put_out(draft, customer_id)
        self._forget(draft, [customer_id])
        return sending

    def _put_out(self, draft: ActivationDraft, customer_id: str) -> Sending:
        customer = draft.get_customer(customer_id)
        with self._workspace.read() as unit:
            facts = read_facts(LocalReader(unit), customer_id, self._answers)
            situation = read_situation(unit, self._workspace, online=self._is_online())
            is_known = find_entry(unit, customer.command_id) is not None
            needs = needed_commands(unit, customer)
        if not is_known:
            forms = {service.code: service for service in self._catalogue.services}
            for problem in list_problems(customer, facts, situation, forms):
                if problem.blocks:
                    name = self._catalogue.service(problem.service).label.sv if problem.service else ""
                    raise SamverkaError(problem.code, service=name, **problem.data)
            if not customer.consented:
                raise SamverkaError("consent_missing")
            activation = to_activation(
                draft, customer, facts, situation, consent_text=self._catalogue.texts.consent_version
            )
            payload = CreateActivation(activation=activation)
            self._workspace.enqueue([Decision(payload=payload, command_id=customer.command_id, needs=needs)])
        return self.get_sending(customer.activation_id)

    def send_many(
        self, draft: ActivationDraft, customer_ids: Sequence[str], *, earlier: Sequence[str] = ()
    ) -> tuple[SentOne, ...]:
        """Send for many, each with its own result; the draft that is kept holds those that are not sent.

        After some equal failures in a row (``activation_many.is_stuck``) the rest is not tried and has no
        result. ``earlier`` are the codes of what was sent just before, "" for what went well.
        """
        results: list[SentOne] = []
        codes = list(earlier)
        for customer_id in customer_ids:
            if is_stuck(codes):
                break
            try:
                sending = self._put_out(draft, customer_id)
                results.append(SentOne(customer_id=customer_id, name=sending.customer_name, sending=sending))
            except SamverkaError as error:
                results.append(SentOne(customer_id=customer_id, error=error))
            found = results[-1].error
            codes.append("" if found is None else found.code)
        self._forget(draft, [one.customer_id for one in results if one.error is None])
        return tuple(results)

    def get_sending(self, activation_id: str) -> Sending:
        """Return what has become of an activation. Raises SamverkaError ``gone`` where nobody knows it."""
        with self._workspace.read() as unit:
            return read_sending(unit, activation_id, online=self._is_online())

    def _forget(self, draft: ActivationDraft, sent: Collection[str]) -> None:
        if not sent:
            return
        kept = tuple(one for one in draft.customers if one.customer_id not in sent)
        left = without_consent(dataclasses.replace(draft, customers=kept))
        with self._workspace.database.write() as unit:
            if left.customers:
                activation_drafts.write_draft(unit, left)
            else:
                remove_draft(unit, draft.id)
        self._workspace.tell(activation_drafts.CHANGED)
