"""What each type of command carries, and its limits, as the description of the protocol tells it."""

from __future__ import annotations

import typing
from dataclasses import fields
from typing import Any

import msgspec

from app.domain.commands import COMMAND_TYPES
from app.domain.limits import CHANGED, FIRST_DAY, LAST_DAY, LIMITS, Letters, Limit, Many

Schema = dict[str, Any]


def describe_commands(template: str) -> tuple[Schema, dict[str, Schema]]:
    """Return the schema of a payload of any type, and the components that it refers to by ``template``."""
    classes = sorted(COMMAND_TYPES.values(), key=lambda cls: cls.__name__)
    records = list(CHANGED.values())
    shapes, components = msgspec.json.schema_components([*classes, *records], ref_template=template)
    for schema in components.values():
        for name, part in schema.get("properties", {}).items():
            _limit(part, LIMITS.get(name))
    for command, record in CHANGED.items():
        wanted = components[record.__name__]["properties"]
        components[command.__name__]["properties"]["set"] = {
            "type": "object",
            "properties": {name: _change(part) for name, part in wanted.items()},
            "additionalProperties": False,
        }
    # A record is told of only as far as a command carries it.
    used = _names_of(classes)
    kept = {name: schema for name, schema in components.items() if name in used}
    return {"anyOf": list(shapes[: len(classes)])}, kept


def _change(part: Schema) -> Schema:
    return {"type": "object", "properties": {"from": {}, "to": part}, "required": ["from", "to"]}


def _limit(part: Schema, limit: Limit | None) -> None:
    """Write the limit into the schema of a field, in whichever of its alternatives it belongs to."""
    for one in (part, *part.get("anyOf", ())):
        kind = one.get("type")
        if kind == "string" and limit is None:  # a day or a moment: all other fields are in the table
            one["description"] = f"between {FIRST_DAY} and {LAST_DAY}"
        elif kind == "string" and isinstance(limit, Letters):
            one["maxLength"] = limit.most
        elif kind == "integer" and limit is not None and not isinstance(limit, Letters | Many):
            one["minimum"], one["maximum"] = limit.least, limit.most
        elif kind == "array" and isinstance(limit, Many):
            one["maxItems"] = limit.most
            if limit.each is not None:
                one["items"]["maxLength"] = limit.each.most
        elif kind == "object" and isinstance(limit, Many) and limit.each is not None:
            one["maxProperties"] = limit.most
            one["propertyNames"] = {"maxLength": limit.each.most}
            one["additionalProperties"]["maxLength"] = limit.each.most


def _names_of(classes: typing.Iterable[type[Any]]) -> set[str]:
    """Return the names of the classes and of those that their fields are made of."""
    waiting: list[Any] = list(classes)
    found: set[str] = set()
    while waiting:
        cls = waiting.pop()
        if hasattr(cls, "__dataclass_fields__"):
            if cls.__name__ not in found:
                found.add(cls.__name__)
                hints = typing.get_type_hints(cls)
                waiting += [hints[part.name] for part in fields(cls)]
                record = CHANGED.get(cls)
                if record is not None:
                    hints = typing.get_type_hints(record)
                    waiting += [hints[part.name] for part in fields(record)]
        else:
            waiting += typing.get_args(cls)
    return found
