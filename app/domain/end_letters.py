"""Who is told by e-mail of an end, and that it was called off: the company's own administrators."""

from __future__ import annotations

from app.domain.changes import EffectBuilder
from app.domain.ids import PREFIXES, derived_id
from app.domain.obstacles import CLOSED_COMPANIES, approvers_of
from app.domain.records import Collaboration, Customer, CustomerKind, Recipient, Registration


def tell_administrators(builder: EffectBuilder, collaboration: Collaboration, kind: str) -> None:
    """Ask for an e-mail (``ended`` or ``end_cancelled``) to each administrator that the vendor has told of.

    People of another accounting firm do not represent the company, and nothing goes to those who
    represented one that is bankrupt or merged.
    """
    if not collaboration.customer_id:
        return
    registration = builder.find(Registration, derived_id(PREFIXES["registration"], collaboration.customer_id))
    if registration is None or registration.company_state in CLOSED_COMPANIES:
        return
    customer = builder.find(Customer, collaboration.customer_id)
    language = "en" if customer is not None and customer.kind == CustomerKind.FOREIGN else "sv"
    approvers, others = approvers_of(registration)
    for person in (*approvers, *others):
        if person.email and not person.firm_name:
            recipient = Recipient(name=person.name, email=person.email, role="informed")
            builder.mail(kind, collaboration.id, recipient, language)
