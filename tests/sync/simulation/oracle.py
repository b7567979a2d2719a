"""The judge: I1–I10 of the protocol, looked at while a schedule runs and when it has come to rest.

I1 at most one effect per command. I2 each saved command ends applied, conflict, rejected or withdrawn,
visibly. I3 no lost update. I4 a device's commands apply in order. I5 after quiet, every mirror equals the
server's rows that its person may see. I6 an own change never disappears except by a shown outcome. I7 nothing
of another firm, or outside the grants, reaches a device. I8 one mail per invitation and epoch. I9 when faults
stop, all is quiet within 20 rounds. I10 each effect has one audit entry.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import timedelta
from typing import Any

from app.remote.transport import Reply
from app.usecases.attention import list_attention
from tests.sync.simulation.client import Installation, SavedCommand
from tests.sync.simulation.faults import Trace, ViolationError
from tests.sync.simulation.history import Commit, FirmHistory, History, Key, Row, Sight
from tests.sync.simulation.network import Request
from tests.sync.simulation.server import SimulatedServer

JOURNAL = timedelta(days=30)
OUTCOMES_KEPT = timedelta(days=400)
_ENDED = {"confirmed": "applied", "conflict": "conflict", "rejected": "rejected", "withdrawn": "withdrawn"}
_SEEN_ENGAGEMENT = ("collaboration.unlink", "collaboration.move")


class Oracle:
    """Knows what must hold. Every method raises ViolationError where it does not."""

    def __init__(self, server: SimulatedServer, history: History, trace: Trace) -> None:
        self._server = server
        self._history = history
        self._trace = trace
        self._sights: dict[str, tuple[object, Sight, dict[str, set[Key]]]] = {}
        self.saved: dict[str, SavedCommand] = {}
        self._found: ViolationError | None = None
        self.dealt_with: set[str] = set()
        """Commands whose outcome a person has seen and is done with."""
        self.restored_before = False
        self.pruned_before = False
        """Whether outcomes were ever forgotten: then a command may end without its outcome being known."""

    # While it runs

    def saw_commit(self, commit: Commit) -> None:
        """Judge a transaction of the server: I1, I3, I10.

        What is found is told by ``tell``: an error raised here would become the server's answer 500.
        """
        try:
            self._judge_commit(commit)
        except ViolationError as found:
            self._found = self._found or found

    def tell(self) -> None:
        """Raise what was found inside the server."""
        if self._found is not None:
            raise self._found

    def _judge_commit(self, commit: Commit) -> None:
        firm = self._history.firms[commit.firm_id]
        if not commit.sources:
            raise ViolationError(f"I10: version {commit.head} changed rows and nobody is in the audit for it")
        for source in commit.sources:
            if source in self.saved and len(firm.effects[source]) > 1:
                raise ViolationError(
                    f"I1: {self._name(source)} took effect {len(firm.effects[source])} times"
                )
            command = self.saved.get(source)
            if command is not None:
                self._no_lost_update(command, commit)

    def saw_answer(self, staff_id: str, firm_id: str, request: Request, reply: Reply) -> None:
        """Judge an answer on its way to a device: I7. Also takes in what was recorded meanwhile."""
        self.tell()
        if request.path == "/v1/sync/push":
            self._history.take_outcomes()
        if request.path != "/v1/sync/pull" or reply.status != 200:
            return
        seen = self.sight(firm_id, staff_id)
        for change in json.loads(reply.content)["changes"]:
            if not change.get("removed") and (change["t"], change["id"]) not in seen:
                raise ViolationError(f"I7: {staff_id} is sent {change['t']} {change['id']}")

    def saw_client_commit(self, device: Installation, unit: Any) -> None:
        """Judge a transaction of a client before it is committed: I6 for what it calls confirmed, I2 for what
        it had called failed."""
        self._tells_of_change(device, unit)
        confirmed = {row[0] for row in unit.rows("SELECT id FROM outbox WHERE state = 'confirmed'")}
        fresh = confirmed - device.notes.confirmed
        device.notes.confirmed = confirmed
        if not fresh:
            return
        firm = self._history.firms[device.firm_id]
        # Who begins today sees it as soon as the server's workers have looked at the calendar.
        seen = self.sight(device.firm_id, device.staff.id)
        if self._server.worked_on != self._server.clock.today():
            seen = seen & Sight(firm, self._server.worked_on).keys_of(device.staff.id)
        for id_ in fresh:
            heads = firm.effects.get(id_)
            if not heads:
                continue
            for key in firm.touched.get(id_, ()):
                row = firm.rows.get(key)
                if row is None or key not in seen:
                    continue
                here = unit.value("SELECT rev FROM mirror WHERE type = ? AND id = ?", key)
                if here is None or here < heads[0]:
                    raise ViolationError(
                        f"I6: {self._name(id_)} is called confirmed and {key[0]} {key[1]} has not arrived"
                    )

    def _tells_of_change(self, device: Installation, unit: Any) -> None:
        """What is carried out after the person was told otherwise is told to the person at once.

        Of what failed in a transaction that was never committed nobody was told: it waits still.
        """
        states = dict(unit.rows("SELECT id, state FROM outbox"))
        done = {id_ for id_, state in states.items() if state in ("acknowledged", "confirmed")}
        failed = {id_ for id_, state in states.items() if state in ("conflict", "rejected", "withdrawn")}
        if device.notes.failed & done:
            told = {id_ for item in list_attention(unit) for id_ in (item.command_id, *item.also)}
            for id_ in (device.notes.failed & done) - told:
                raise ViolationError(f"I2: {self._name(id_)} had failed, is carried out, and nobody is told")
        device.notes.failed = failed

    def saw_view(self, device: Installation) -> None:
        """Judge what the person sees now: I6 for what waits, and that the lists say what the rows say."""
        with device.database.read() as unit:
            self._waiting_shows(device, unit)
            if unit.value("SELECT 1 FROM session WHERE key = 'stale'") is None:
                rows = unit.rows(
                    "SELECT id, json_extract(data, '$.name') FROM present WHERE type = 'customer' ORDER BY id"
                )
                listed = unit.rows("SELECT id, name FROM shown_customer ORDER BY id")
                if list(map(tuple, rows)) != list(map(tuple, listed)):
                    raise ViolationError(f"I6: the list of {device.name} is not what its rows say")

    # At rest

    def at_rest(self, devices: list[Installation]) -> None:
        """Judge the end: I2, I4, I5, I8, I10."""
        self.tell()
        self._history.take_outcomes()
        for firm_id, firm in self._history.firms.items():
            self._audited(firm_id, firm)
        for device in devices:
            self._ended(device)
            self._in_order(device)
            self._mirrors(device)
        self._mails()

    def sight(self, firm_id: str, staff_id: str) -> set[Key]:
        """Return the rows that a staff member sees at this moment."""
        firm = self._history.firms[firm_id]
        today = self._server.clock.today()
        moment = (firm.epoch, firm.head, today, id(firm))
        kept = self._sights.get(firm_id)
        if kept is None or kept[0] != moment:
            kept = self._sights[firm_id] = (moment, Sight(firm, today), {})
        if staff_id not in kept[2]:
            kept[2][staff_id] = kept[1].keys_of(staff_id)
        return kept[2][staff_id]

    def _no_lost_update(self, command: SavedCommand, commit: Commit) -> None:
        changes = command.payload.get("set")
        if changes is not None:
            key = (command.type.partition(".")[0], command.entity)
            before, after = commit.before.get(key), commit.after.get(key)
            if before is None or after is None:
                raise ViolationError(
                    f"I3: {self._name(command.id)} is applied and its record was not changed"
                )
            _fields_kept(self._name(command.id), changes, before, after)
        if command.type in _SEEN_ENGAGEMENT:
            row = commit.before.get(("collaboration", command.entity))
            seen = command.payload.get("seen_engagement_id")
            if row is not None and row.data["engagement_id"] not in (
                seen,
                command.payload.get("engagement_id"),
            ):
                raise ViolationError(f"I3: {self._name(command.id)} undoes what a colleague has linked")
        if command.type == "collaboration.link":
            row = commit.before.get(("collaboration", command.entity))
            wanted = command.payload.get("engagement_id")
            if row is not None and row.data["engagement_id"] not in (None, wanted):
                raise ViolationError(f"I3: {self._name(command.id)} takes a link away from a colleague")

    def _waiting_shows(self, device: Installation, unit: Any) -> None:
        """An update that waits is on the screen, where nothing else touches what it is about."""
        waiting = unit.rows(
            "SELECT id, type, entity, payload FROM outbox"
            " WHERE state IN ('queued', 'sending', 'acknowledged')"
        )
        by_entity: dict[str, list[Any]] = defaultdict(list)
        others: set[str] = set()
        for row in waiting:
            if row[1] in ("customer.update", "contact.update", "engagement.update"):
                by_entity[row[2]].append(row)
            else:
                others.add(row[2])
        for entity, rows in by_entity.items():
            if len(rows) > 1 or entity in others:
                continue
            _, type_name, _, payload = rows[0]
            kind = type_name.partition(".")[0]
            there = unit.value("SELECT data FROM mirror WHERE type = ? AND id = ?", (kind, entity))
            if there is None or not self._may_show(device, kind, entity):
                continue
            data, changes = json.loads(there), json.loads(payload)["set"]
            if "organisation_number" in changes or any(
                data[name] not in (change["from"], change["to"]) for name, change in changes.items()
            ):
                continue
            shown = unit.value("SELECT data FROM present WHERE type = ? AND id = ?", (kind, entity))
            if shown is None or any(json.loads(shown)[n] != c["to"] for n, c in changes.items()):
                raise ViolationError(f"I6: {self._name(rows[0][0])} waits at {device.name} and is not shown")

    def _may_show(self, device: Installation, kind: str, entity: str) -> bool:
        """Whether the person still has the row at the server: where not, a pull is about to take it away."""
        return (kind, entity) in self.sight(device.firm_id, device.staff.id)

    def _ended(self, device: Installation) -> None:
        states = device.states()
        attention: set[str] = set()
        for item in device.outbox.list_attention():
            attention |= {item.command_id or "", *item.also}
        firm = self._history.firms[device.firm_id]
        for id_ in device.notes.ledger:
            state = states.get(id_)
            if state is None:
                if not self._is_past_journal(id_):
                    raise ViolationError(f"I2: {self._name(id_)} is gone from {device.name}")
                continue
            if state not in _ENDED:
                raise ViolationError(f"I2: {self._name(id_)} is still {state} at {device.name}")
            if state in ("conflict", "rejected") and id_ not in attention and id_ not in self.dealt_with:
                raise ViolationError(f"I2: {self._name(id_)} was {state} and nobody is told")
            self._agrees(device, id_, state, firm)

    def _agrees(self, device: Installation, id_: str, state: str, firm: FirmHistory) -> None:
        settled = firm.outcomes.get(id_)
        if settled is None:
            if state == "confirmed" and not self.pruned_before and not self._is_past_journal(id_):
                raise ViolationError(
                    f"I6: {self._name(id_)} is called done and the server has never heard of it"
                )
            if state in ("conflict", "rejected") and not self.pruned_before and not self.restored_before:
                raise ViolationError(f"I2: {self._name(id_)} is called {state} and there is no record of it")
            return
        if state == "confirmed" and settled.status != "applied":
            raise ViolationError(f"I2: {self._name(id_)} is called done and was {settled.status}")
        if state != "confirmed" and settled.status == "applied" and not self.pruned_before:
            raise ViolationError(f"I2: {self._name(id_)} is called {state} and was applied")

    def _is_past_journal(self, id_: str) -> bool:
        command = self.saved.get(id_)
        return command is None or self._server.clock.now() - command.saved_at > JOURNAL

    def _in_order(self, device: Installation) -> None:
        """The order of the decisions is the order in which the server has applied them."""
        firm = self._history.firms[device.firm_id]
        last, before = 0, ""
        for id_ in device.notes.ledger:
            settled = firm.outcomes.get(id_)
            if settled is None or settled.status != "applied":
                continue
            if settled.place < last:
                raise ViolationError(f"I4: {self._name(id_)} was applied before {self._name(before)}")
            last, before = settled.place, id_

    def _mirrors(self, device: Installation) -> None:
        firm = self._history.firms[device.firm_id]
        wanted = self.sight(device.firm_id, device.staff.id)
        with device.database.read() as unit:
            here = {
                (row[0], row[1]): (row[2], row[3])
                for row in unit.rows("SELECT type, id, rev, data FROM mirror")
            }
        for key in wanted - here.keys():
            raise ViolationError(f"I5: {device.name} lacks {key[0]} {key[1]}")
        for key in here.keys() - wanted:
            raise ViolationError(
                f"{'I5' if key in firm.rows else 'I5, removed'}: {device.name} still has {key}"
            )
        for key, (rev, data) in here.items():
            row = firm.rows[key]
            if rev != row.rev or json.loads(data) != row.data:
                raise ViolationError(
                    f"I5: {device.name} has {key[0]} {key[1]} of version {rev}, not {row.rev}"
                )
        with device.database.read() as unit:
            if unit.rows("SELECT 1 FROM overlay"):
                raise ViolationError(f"I5: {device.name} shows something that is not the server's")

    def _audited(self, firm_id: str, firm: FirmHistory) -> None:
        for head in range(1, firm.head + 1):
            if not firm.audit_entries.get(head):
                raise ViolationError(f"I10: version {head} of {firm_id} has no audit entry")
        for source, heads in firm.effects.items():
            if source in self.saved and len(heads) != 1:
                raise ViolationError(f"I10: {self._name(source)} has {len(heads)} audit entries")
        for id_, settled in firm.outcomes.items():
            if settled.status != "applied" and firm.effects.get(id_) and not self._is_forgotten(firm, id_):
                raise ViolationError(f"I10: {self._name(id_)} was {settled.status} and has an effect")

    def _is_forgotten(self, firm: FirmHistory, id_: str) -> bool:
        """Whether the outcome of that effect is older than outcomes are kept: the same may be asked again."""
        return self.pruned_before and self._server.clock.now() - firm.effect_at[id_] > OUTCOMES_KEPT

    def _mails(self) -> None:
        letters: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for sent in self._server.postbox.sent:
            if sent.kind in ("invitation", "login_instructions", "information"):
                letters[(sent.epoch, sent.about_id, sent.kind, sent.address)].add(sent.id)
        for key, ids in letters.items():
            if len(ids) > 1:
                raise ViolationError(f"I8: {len(ids)} e-mails of {key[2]} for {key[1]} in one epoch")
        for sent in self._server.postbox.sent:
            if sent.is_second and not sent.after_a_death:
                raise ViolationError(f"I8: the e-mail {sent.id} was sent twice and nobody had died")

    def _name(self, id_: str) -> str:
        command = self.saved.get(id_)
        return id_ if command is None else f"{command.type} {command.entity} ({id_})"


def _fields_kept(name: str, changes: dict[str, Any], before: Row, after: Row) -> None:
    for field, change in changes.items():
        if before.data[field] not in (change["from"], change["to"]):
            raise ViolationError(f"I3: {name} overwrites {before.data[field]!r} that nobody had seen")
        if after.data[field] != change["to"]:
            raise ViolationError(f"I3: {name} is applied and {field} is {after.data[field]!r}")
    for field, value in before.data.items():
        if field not in changes and after.data[field] != value:
            raise ViolationError(f"I3: {name} changes {field}, which it does not speak of")
