"""Reads resources/catalogue and holds it to its shape: a slip in the data is told at once, with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.catalogue.catalogue import Catalogue
from app.catalogue.services import (
    Caution,
    ChecklistItem,
    Condition,
    ConditionalDefault,
    EndChoice,
    EngagementType,
    FormField,
    Label,
    Option,
    Product,
    Rule,
    Service,
)
from app.catalogue.texts import Passage, Texts
from app.errors import SamverkaError

CATALOGUE_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "catalogue"

_LANGUAGES = ("sv", "en")
_STAGES = ("after_start", "before_end")
_REGISTRATION_FIELDS = ("bank_link", "open_reports", "lon_direkt")
_SERVICE_KEYS = frozenset(
    {
        "code",
        "label",
        "short",
        "purpose",
        "other_names",
        "web_address",
        "help_page",
        "vendor_help",
        "engagement_types",
        "ends_first",
        "products",
        "holds_records",
        "shows_licences_left",
        "bound_to_legal_form",
        "field",
        "module",
        "rule",
        "warning",
        "end",
        "checklist",
    }
)


class CatalogueError(SamverkaError):
    """A file of the catalogue is missing, cannot be read or says something impossible."""


@cache
def load_catalogue(folder: Path = CATALOGUE_FOLDER) -> Catalogue:
    """Return the catalogue in this folder; read once per process.

    Raises:
        CatalogueError: with the file, the place in it and what is wrong.
    """
    types = _read_engagement_types(_read(folder, "engagement_types.toml"))
    services = _read_services(_read(folder, "services.toml"), {kind.code for kind in types})
    return Catalogue(services, types, _read_texts(_read(folder, "texts.toml")))


def _read(folder: Path, name: str) -> _Table:
    try:
        content = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError("catalogue_unreadable", file=name, detail=str(error)) from error
    return _Table(content, name)


class _Table:
    """A table of the file with its place, so that each complaint says where."""

    def __init__(self, content: Mapping[str, Any], place: str) -> None:
        self.content = content
        self.place = place

    def fail(self, detail: str) -> CatalogueError:
        return CatalogueError("catalogue_invalid", place=self.place, detail=detail)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.content.get(key, default)
        if not isinstance(value, str):
            raise self.fail(f"{key} must be a text")
        return value

    def flag(self, key: str) -> bool:
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fail(f"{key} must be a list of texts")
        return tuple(value)

    def label(self, key: str) -> Label:
        value = self.content.get(key)
        if not isinstance(value, dict) or set(value) != set(_LANGUAGES):
            raise self.fail(f"{key} must have the languages sv and en")
        if not all(isinstance(one, str) and one for one in value.values()):
            raise self.fail(f"{key} must not be empty")
        return Label(value["sv"], value["en"])

    def tables(self, key: str) -> list[_Table]:
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fail(f"{key} must be a list of tables")
        return [
            _Table(
                one, f"{self.place} {key} {one.get('code') or one.get('name') or one.get('value') or n + 1}"
            )
            for n, one in enumerate(value)
        ]

    def condition(self, key: str) -> Condition:
        value = self.content.get(key)
        if not isinstance(value, dict) or not value:
            raise self.fail(f"{key} must name at least one fact")
        for fact, words in value.items():
            if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
                raise self.fail(f"{key}: {fact} must be a list of words")
        return Condition({fact: frozenset(words) for fact, words in value.items()})


def _read_engagement_types(table: _Table) -> tuple[EngagementType, ...]:
    found = [
        EngagementType(one.text("code"), one.label("label"), one.flag("fiscal_year"))
        for one in table.tables("engagement_type")
    ]
    _refuse_doubles(table, [one.code for one in found])
    return tuple(found)


def _read_services(table: _Table, engagement_types: set[str]) -> tuple[Service, ...]:
    services = [_read_service(one, engagement_types) for one in table.tables("service")]
    codes = [service.code for service in services]
    _refuse_doubles(table, codes)
    for service in services:
        for first in service.ends_first:
            if first not in codes or first == service.code:
                raise table.fail(f"{service.code}: ends_first names {first!r}, which is no other service")
    return tuple(services)


def _read_service(table: _Table, engagement_types: set[str]) -> Service:
    unknown_keys = set(table.content) - _SERVICE_KEYS
    if unknown_keys:
        raise table.fail(f"unknown keys {sorted(unknown_keys)}")
    fields = tuple(_read_field(one) for one in table.tables("field"))
    _refuse_doubles(table, [field.name for field in fields])
    unknown_types = set(table.texts("engagement_types")) - engagement_types
    if unknown_types:
        raise table.fail(f"unknown engagement types {sorted(unknown_types)}")
    modules = {one.text("code"): one.label("label") for one in table.tables("module")}
    for field in fields:
        for option in field.options:
            if not set(option.modules) <= set(modules):
                raise table.fail(f"{field.name} {option.value}: a module without a label")
    by_name = {field.name: field for field in fields}
    return Service(
        code=table.text("code"),
        label=table.label("label"),
        short=table.label("short"),
        purpose=table.label("purpose"),
        other_names=table.texts("other_names"),
        web_address=table.text("web_address"),
        help_page=table.text("help_page"),
        vendor_help=table.text("vendor_help", ""),
        engagement_types=table.texts("engagement_types"),
        products=_read_products(table, by_name.get("variant")),
        fields=fields,
        modules=modules,
        rules=tuple(_read_rule(one, by_name) for one in table.tables("rule")),
        cautions=tuple(
            Caution(one.text("code"), one.condition("when"), one.label("text"))
            for one in table.tables("warning")
        ),
        end_choices=tuple(
            EndChoice(one.text("code"), one.label("label"), one.label("consequence"), one.flag("deletes"))
            for one in table.tables("end")
        ),
        checklist=tuple(_read_checklist_item(one) for one in table.tables("checklist")),
        ends_first=table.texts("ends_first"),
        shows_licences_left=table.flag("shows_licences_left"),
        bound_to_legal_form=table.flag("bound_to_legal_form"),
        holds_records=table.flag("holds_records"),
    )


def _read_field(table: _Table) -> FormField:
    options = tuple(
        Option(one.text("value"), one.label("label"), one.texts("modules"), _read_switches_off(one))
        for one in table.tables("options")
    )
    values = [option.value for option in options]
    _refuse_doubles(table, values)
    defaults = tuple(
        ConditionalDefault(one.condition("when"), one.text("value")) for one in table.tables("defaults")
    )
    default = table.text("default")
    for value in (default, *(one.value for one in defaults)):
        if value not in values:
            raise table.fail(f"default {value!r} is not among the options")
    return FormField(
        name=table.text("name"),
        label=table.label("label"),
        options=options,
        default=default,
        defaults=defaults,
        keeps_present=table.flag("keeps_present"),
        hint=table.label("hint") if "hint" in table.content else None,
    )


def _read_switches_off(table: _Table) -> tuple[str, ...]:
    names = table.texts("switches_off")
    if not set(names) <= set(_REGISTRATION_FIELDS):
        raise table.fail(f"switches_off must be of {', '.join(_REGISTRATION_FIELDS)}")
    return names


def _read_rule(table: _Table, fields: Mapping[str, FormField]) -> Rule:
    name, allowed = table.text("field"), frozenset(table.texts("allowed"))
    if name not in fields:
        raise table.fail(f"there is no field {name!r}")
    if not allowed or not allowed <= {option.value for option in fields[name].options}:
        raise table.fail(f"allowed must be options of {name}")
    return Rule(table.condition("when"), name, allowed, table.label("why"))


def _read_checklist_item(table: _Table) -> ChecklistItem:
    stage = table.text("stage")
    if stage not in _STAGES:
        raise table.fail(f"stage must be one of {', '.join(_STAGES)}")
    known_from, refusal = table.text("known_from", ""), table.text("refusal", "")
    if known_from and known_from not in _REGISTRATION_FIELDS:
        raise table.fail(f"known_from must be one of {', '.join(_REGISTRATION_FIELDS)}")
    if bool(known_from) != bool(refusal):
        raise table.fail("known_from and refusal belong together")
    return ChecklistItem(
        stage, table.text("code"), table.label("text"), table.flag("required"), known_from, refusal
    )


def _read_products(table: _Table, variants: FormField | None) -> tuple[Product, ...]:
    found = []
    for one in table.content.get("products", []):
        entry = _Table({"name": one} if isinstance(one, str) else one, f"{table.place} products")
        product = Product(entry.text("name"), entry.text("variant", ""))
        known = [option.value for option in variants.options] if variants else []
        if product.variant and product.variant not in known:
            raise entry.fail(f"{product.name}: unknown variant {product.variant!r}")
        found.append(product)
    return tuple(found)


def _read_texts(table: _Table) -> Texts:
    passages = {}
    for group, keys in table.content.items():
        if not isinstance(keys, dict):
            continue
        for name, languages in keys.items():
            if not isinstance(languages, dict) or set(languages) != set(_LANGUAGES):
                raise table.fail(f"{group}.{name} must have the languages sv and en")
            for language, content in languages.items():
                entry = _Table(content, f"{table.place} {group}.{name}.{language}")
                passages[f"{group}.{name}", language] = Passage(entry.text("text"), entry.text("lead", ""))
    return Texts(passages, table.text("consent_version"))


def _refuse_doubles(table: _Table, names: list[str]) -> None:
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise table.fail(f"named twice: {', '.join(doubles)}")
