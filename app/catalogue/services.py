"""What is known about the vendor's services: labels, forms, rules, endings. Values only, read from data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.records import Branch

Facts = Mapping[str, str]
"""What conditions are held against: branch, customer_kind … and the form's own values by field name."""

ITEM_FIELDS = frozenset({"variant", "payer", "period_months"})
"""Form fields with a place of their own in an activation's item; all others are kept in its options."""

_EVERY_BRANCH_BUT_OWN_SUBSCRIPTION = (
    Branch.NOT_REGISTERED,
    Branch.WITHOUT_SERVICE,
    Branch.WITH_SERVICE,
    Branch.UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Label:
    """One text in each language of the program."""

    sv: str
    en: str

    def text(self, language: str) -> str:
        """Return the text in this language; Swedish for every language but English."""
        return self.en if language.startswith("en") else self.sv

    @classmethod
    def same(cls, text: str) -> Label:
        """Return a label that reads the same in every language (a code that is shown as it is)."""
        return cls(text, text)


@dataclass(frozen=True, slots=True)
class Condition:
    """Facts that must hold together; a condition without facts always holds."""

    facts: Mapping[str, frozenset[str]]

    def holds(self, facts: Facts) -> bool:
        """Tell whether every fact named here has one of its words. A fact that is not known does not hold."""
        return all(facts.get(name) in words for name, words in self.facts.items())


@dataclass(frozen=True, slots=True)
class Option:
    """One choice in a form field. ``modules`` are what it contains, for telling what a change loses.

    ``switches_off`` is what the vendor turns off at the customer where it is chosen, such as ``lon_direkt``.
    """

    value: str
    label: Label
    modules: tuple[str, ...] = ()
    switches_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionalDefault:
    """A default that applies while its condition holds."""

    when: Condition
    value: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a service's form.

    ``keeps_present``: what the customer already has is preselected. ``branches``: the branches in which
    the question is asked at all (never where the customer owns the subscription).
    """

    name: str
    label: Label
    options: tuple[Option, ...]
    default: str
    defaults: tuple[ConditionalDefault, ...] = ()
    keeps_present: bool = False
    hint: Label | None = None
    branches: tuple[str, ...] = _EVERY_BRANCH_BUT_OWN_SUBSCRIPTION

    @property
    def is_item_field(self) -> bool:
        """Tell whether the value is a field of the activation's item rather than one of its options."""
        return self.name in ITEM_FIELDS

    def option(self, value: str) -> Option:
        """Return the option with this value; a value that is not known is shown as it is."""
        for option in self.options:
            if option.value == value:
                return option
        return Option(value, Label.same(value))


@dataclass(frozen=True, slots=True)
class Rule:
    """While ``when`` holds, only ``allowed`` may be chosen in ``field``; ``why`` says so to the person."""

    when: Condition
    field: str
    allowed: frozenset[str]
    why: Label


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to be told, though it is allowed, while ``when`` holds."""

    code: str
    when: Condition
    text: Label


@dataclass(frozen=True, slots=True)
class EndChoice:
    """One way to end a service. ``deletes``: data is gone afterwards, so the confirmation is typed."""

    code: str
    label: Label
    consequence: Label
    deletes: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """Something to be done after the start (``after_start``) or before the end (``before_end``).

    ``known_from`` is the field of Registration in which the vendor says whether it is still to be done (true,
    or more than none), and ``refusal`` the code that an end is refused with until then.
    """

    stage: str
    code: str
    text: Label
    required: bool = False
    known_from: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that may not be chosen, and why."""

    field: str
    why: Label


@dataclass(frozen=True, slots=True)
class Product:
    """What a source system calls the service; the name may tell the variant too."""

    name: str
    variant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One of the vendor's services. ``known`` is False for a code that only a newer version knows.

    ``engagement_types`` are those that fit, the best first.
    """

    code: str
    label: Label
    short: Label
    purpose: Label = Label("", "")
    other_names: tuple[str, ...] = ()
    web_address: str = ""
    help_page: str = ""
    vendor_help: str = ""
    engagement_types: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    fields: tuple[FormField, ...] = ()
    modules: Mapping[str, Label]
    rules: tuple[Rule, ...] = ()
    cautions: tuple[Caution, ...] = ()
    end_choices: tuple[EndChoice, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    ends_first: tuple[str, ...] = ()
    shows_licences_left: bool = False
    bound_to_legal_form: bool = False
    holds_records: bool = False
    known: bool = True

    @classmethod
    def unknown(cls, code: str) -> Service:
        """Return a stand-in for a code of a newer server: shown as it is, nothing can be chosen in it."""
        label = Label.same(code)
        return cls(code=code, label=label, short=label, modules={}, known=False)

    def find_field(self, name: str) -> FormField | None:
        """Return the form field of this name, or None where the service does not ask for it."""
        return next((field for field in self.fields if field.name == name), None)

    def fields_for(self, branch: str) -> tuple[FormField, ...]:
        """Return the questions that are asked in this branch, in order."""
        return tuple(field for field in self.fields if branch in field.branches)

    def preset_values(self, facts: Facts, present: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the values a form begins with: what the customer has, else the defaults, within the rules.

        ``present`` holds the customer's values of today by field name (variant, payer …). In the branch
        where the customer owns the subscription there is nothing to choose and the answer is empty.
        """
        values: dict[str, str] = {}
        for field in self.fields_for(facts.get("branch", Branch.UNKNOWN)):
            known = {**facts, **values}
            value = (present or {}).get(field.name, "") if field.keeps_present else ""
            if not value:
                matching = (default.value for default in field.defaults if default.when.holds(known))
                value = next(matching, field.default)
            refused = self.refused_options(field.name, known)
            if value in refused:
                value = next(option.value for option in field.options if option.value not in refused)
            values[field.name] = value
        return values

    def refused_options(self, field_name: str, facts: Facts) -> dict[str, Label]:
        """Return the options that may not be chosen now, each with its reason."""
        field = self.find_field(field_name)
        if field is None:
            return {}
        return {
            option.value: rule.why
            for rule in reversed(self.rules)
            if rule.field == field_name and rule.when.holds(facts)
            for option in field.options
            if option.value not in rule.allowed
        }

    def refusals(self, values: Mapping[str, str], facts: Facts) -> tuple[Refusal, ...]:
        """Return what is wrong with these values together; empty when they may be sent."""
        everything = {**facts, **values}
        found = []
        for field in self.fields_for(facts.get("branch", Branch.UNKNOWN)):
            value = values.get(field.name, "")
            if not value:
                missing = Label(f"Välj {field.label.sv.lower()}.", f"Choose {field.label.en.lower()}.")
                found.append(Refusal(field.name, missing))
            elif value not in {option.value for option in field.options}:
                unknown = Label(
                    f"{field.label.sv} kan inte vara {value}.", f"{field.label.en} cannot be {value}."
                )
                found.append(Refusal(field.name, unknown))
            elif value in (refused := self.refused_options(field.name, everything)):
                found.append(Refusal(field.name, refused[value]))
        return tuple(found)

    def cautions_for(self, values: Mapping[str, str], facts: Facts) -> tuple[Caution, ...]:
        """Return the warnings that apply to these values."""
        everything = {**facts, **values}
        return tuple(caution for caution in self.cautions if caution.when.holds(everything))

    def lost_modules(self, present_variant: str, chosen_variant: str) -> tuple[Label, ...]:
        """Return what the customer loses by going from one variant to the other (a downgrade)."""
        field = self.find_field("variant")
        if field is None or not present_variant or present_variant == chosen_variant:
            return ()
        kept = field.option(chosen_variant).modules
        return tuple(
            self.modules.get(code, Label.same(code))
            for code in field.option(present_variant).modules
            if code not in kept
        )

    def switched_off_by(self, variant: str) -> tuple[str, ...]:
        """Return what the vendor switches off at the customer where this variant is chosen."""
        field = self.find_field("variant")
        return () if field is None else field.option(variant).switches_off

    def checklist_at(self, stage: str) -> tuple[ChecklistItem, ...]:
        """Return what is to be done at this stage: ``after_start`` or ``before_end``."""
        return tuple(item for item in self.checklist if item.stage == stage)

    def names(self) -> Iterable[str]:
        """Yield every name the service has or had, for search."""
        yield from (self.label.sv, self.label.en, self.short.sv, self.short.en)
        yield from self.other_names


@dataclass(frozen=True, slots=True)
class EngagementType:
    """A type of engagement; ``has_fiscal_year``: each engagement belongs to one fiscal year."""

    code: str
    label: Label
    has_fiscal_year: bool
    known: bool = True
