"""Activations that wait for a person, because the vendor's answer changed or is not known."""

from __future__ import annotations

from app.domain.commands import CancelActivation, ProceedActivation
from app.domain.records import Activation, ActivationState, RegistrationAnswer
from app.errors import SamverkaError
from app.storage.local_reader import LocalReader
from app.usecases.activation_reading import Answers, read_facts
from app.usecases.activation_values import StoppedActivation
from app.usecases.workspace import Workspace


class StoppedActivations:
    """What changed, and the two ways on."""

    def __init__(self, workspace: Workspace, answers: Answers) -> None:
        self._workspace = workspace
        self._answers = answers

    def open(self, activation_id: str) -> StoppedActivation:
        """Return what was shown and what there is now. Raises SamverkaError ``gone`` or ``not_stopped``."""
        with self._workspace.read() as unit:
            reader = LocalReader(unit)
            activation = reader.find("activation", activation_id)
            if not isinstance(activation, Activation):
                raise SamverkaError("gone", type="activation")
            facts = read_facts(reader, activation.customer_id, self._answers)
        if activation.state != ActivationState.STOPPED:
            raise SamverkaError("not_stopped")
        registration = facts.registration
        now = registration.answer if registration is not None else RegistrationAnswer.UNKNOWN
        lacks_contact = now == RegistrationAnswer.NOT_REGISTERED and activation.contact is None
        return StoppedActivation(
            activation=activation,
            facts=facts,
            because=activation.stopped_because,
            answer_before=activation.expects.answer,
            answer_now=now,
            services_before=activation.expects.services,
            services_now=registration.services if registration is not None else (),
            now=self._workspace.clock.now(),
            may_proceed=now != RegistrationAnswer.UNKNOWN and not lacks_contact,
        )

    def proceed(self, stopped: StoppedActivation) -> None:
        """Go on with the answer that the person has now seen. Raises RejectedError."""
        self._workspace.enqueue(
            [
                ProceedActivation(
                    activation_id=stopped.activation.id,
                    answer=stopped.answer_now,
                    services=stopped.services_now,
                )
            ]
        )

    def cancel(self, activation_id: str) -> None:
        """Do nothing more for this activation. Raises RejectedError ``already_sent``."""
        self._workspace.enqueue([CancelActivation(activation_id=activation_id)])
