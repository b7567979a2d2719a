"""The description of the protocol (OpenAPI 3.1), made from the contract's own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from app.contract import wire
from app.contract.wire import ProblemCode
from app.server.api.described_commands import describe_commands
from app.server.problems import STATUS

REFERENCE = "#/components/schemas/{name}"
_EVERYWHERE = (
    ProblemCode.SIGN_IN_NEEDED,
    ProblemCode.UPGRADE_NEEDED,
    ProblemCode.TOO_MANY,
    ProblemCode.INTERNAL,
    ProblemCode.UNAVAILABLE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an operation. ``place`` is query, header or path."""

    name: str
    place: str
    kind: str = "string"
    is_required: bool = False
    is_many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What an answer gives to another operation (OpenAPI's links): runtime expressions by parameter, and
    by field of the body.
    """

    method: str
    path: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: what it takes and gives, and the problems of its own."""

    method: str
    path: str
    summary: str
    answer: Any
    body: Any = None
    status: int = 200
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[ProblemCode, ...] = ()
    links: tuple[Link, ...] = ()
    is_open: bool = False


_DEVICE = Parameter(name=wire.DEVICE_HEADER, place="header", is_required=True)
_BODY = (ProblemCode.INVALID, ProblemCode.TOO_LARGE)
_SAME_DEVICE = {wire.DEVICE_HEADER: f"$request.header.{wire.DEVICE_HEADER}"}
_PUSH = "/v1/sync/push"
_PULL = "/v1/sync/pull"
_HISTORY = "/v1/customers/{customer_id}/history"
_MAIL = "/v1/mail-tray/{mail_id}"
_REVOKE = "/v1/devices/{device_id}/revoke"

OPERATIONS = (
    Operation(
        method="get",
        path="/v1/meta",
        summary="Which server this is; anything else than this JSON is not ours",
        answer=wire.Meta,
        is_open=True,
    ),
    Operation(
        method="post",
        path="/v1/devices",
        summary="Registers a device of the signed-in staff member",
        body=wire.DeviceRequest,
        answer=wire.DeviceAnswer,
        status=201,
        problems=_BODY,
        links=(
            Link(
                method="post",
                path=_PUSH,
                body={"device": "$response.body#/device", "epoch": "$response.body#/epoch"},
            ),
            Link(method="post", path=_PULL, parameters={wire.DEVICE_HEADER: "$response.body#/device"}),
        ),
    ),
    Operation(
        method="get",
        path="/v1/devices",
        summary="Where people are signed in: oneself, or everybody with full permission",
        answer=wire.DevicesAnswer,
        links=(Link(method="post", path=_REVOKE, parameters={"device_id": "$response.body#/devices/0/id"}),),
    ),
    Operation(
        method="post",
        path=_REVOKE,
        summary="Ends the sign-in on a device",
        answer=wire.DeviceRevoked,
        parameters=(Parameter(name="device_id", place="path", is_required=True),),
        problems=(ProblemCode.NOT_FOUND,),
    ),
    Operation(
        method="post",
        path=_PUSH,
        summary="Settles a device's commands in order and answers with their outcomes",
        body=wire.PushRequest,
        answer=wire.PushAnswer,
        problems=(
            *_BODY,
            ProblemCode.DEVICE_UNKNOWN,
            ProblemCode.DEVICE_FORKED,
            ProblemCode.SEQUENCE_GAP,
            ProblemCode.OUTCOME_EXPIRED,
            ProblemCode.EPOCH_CHANGED,
            ProblemCode.COMMAND_ID_REUSED,
        ),
        links=(
            Link(
                method="post",
                path=_PUSH,
                body={
                    "device": "$request.body#/device",
                    "epoch": "$response.body#/epoch",
                    "place": "$response.body#/place",
                },
            ),
            Link(
                method="get",
                path="/v1/commands",
                parameters={
                    wire.DEVICE_HEADER: "$request.body#/device",
                    "id": "$response.body#/results/0/id",
                },
            ),
        ),
    ),
    Operation(
        method="post",
        path=_PULL,
        summary="A page of a snapshot or of the changes after a cursor",
        body=wire.PullRequest,
        answer=wire.PullAnswer,
        parameters=(_DEVICE,),
        problems=(*_BODY, ProblemCode.DEVICE_UNKNOWN, ProblemCode.CURSOR_GONE),
        links=(
            Link(
                method="post",
                path=_PULL,
                parameters=_SAME_DEVICE,
                body={"cursor": "$response.body#/cursor"},
            ),
            Link(method="get", path="/v1/sync/poke", parameters={"head": "$response.body#/head"}),
            Link(method="get", path=_HISTORY, parameters={"customer_id": "$response.body#/changes/0/id"}),
            Link(
                method="post",
                path="/v1/registrations/check",
                body={"customer_ids": ["$response.body#/changes/0/id"]},
            ),
        ),
    ),
    Operation(
        method="get",
        path="/v1/sync/poke",
        summary="Waits until the firm's head is past the one given; a hint only",
        answer=wire.PokeAnswer,
        parameters=(
            Parameter(name="head", place="query", kind="integer"),
            Parameter(name="wait", place="query", kind="integer"),
        ),
        problems=(ProblemCode.INVALID,),
    ),
    Operation(
        method="get",
        path="/v1/commands",
        summary="Outcomes again",
        answer=wire.PushAnswer,
        parameters=(_DEVICE, Parameter(name="id", place="query", is_many=True)),
        problems=(ProblemCode.TOO_LARGE, ProblemCode.INVALID, ProblemCode.DEVICE_UNKNOWN),
    ),
    Operation(
        method="post",
        path="/v1/registrations/check",
        summary="Asks the vendor about customers and keeps the answers as records",
        body=wire.CheckRequest,
        answer=wire.CheckAnswer,
        problems=_BODY,
    ),
    Operation(
        method="get",
        path=_HISTORY,
        summary="What has happened with a customer, the latest first",
        answer=wire.HistoryAnswer,
        parameters=(
            Parameter(name="customer_id", place="path", is_required=True),
            Parameter(name="before", place="query"),
        ),
        problems=(ProblemCode.NOT_FOUND,),
    ),
    Operation(
        method="get",
        path="/v1/mail-tray",
        summary="E-mails that the embedded server has written",
        answer=wire.MailTrayAnswer,
        problems=(ProblemCode.NOT_FOUND,),
        links=(Link(method="get", path=_MAIL, parameters={"mail_id": "$response.body#/mails/0/id"}),),
    ),
    Operation(
        method="get",
        path=_MAIL,
        summary="One of those e-mails",
        answer=wire.MailMessage,
        parameters=(Parameter(name="mail_id", place="path", is_required=True),),
        problems=(ProblemCode.NOT_FOUND,),
    ),
)


def _describable(cls: type[msgspec.Struct], **types: Any) -> type[msgspec.Struct]:
    """Return a type of the same name and fields, in which JSON that is passed on unread may be anything.

    msgspec has no words for the default of such a field.
    """
    fields: list[Any] = []
    for part in msgspec.structs.fields(cls):
        is_unread = part.type is msgspec.Raw
        kind = types.get(part.name, Any if is_unread else part.type)
        if part.required:
            fields.append((part.name, kind))
        else:
            fields.append((part.name, kind, None if is_unread else part.default))
    return msgspec.defstruct(cls.__name__, fields, kw_only=True, namespace={"__doc__": cls.__doc__})


PAGE = _describable(wire.PullAnswer, changes=tuple[_describable(wire.WireChange), ...])  # type: ignore[misc]


@cache
def describe_api(version: str) -> dict[str, Any]:
    """Return the OpenAPI document."""
    types = {t for operation in OPERATIONS for t in (operation.body, operation.answer) if t is not None}
    described = [PAGE if t is wire.PullAnswer else t for t in (*types, wire.Problem)]
    ordered = sorted(described, key=lambda t: t.__name__)
    _, components = msgspec.json.schema_components(ordered, ref_template=REFERENCE)
    payload, of_commands = describe_commands(REFERENCE)
    components |= of_commands
    components["WireCommand"]["properties"]["payload"] = payload
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _describe(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Samverka", "version": version},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _describe(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": operation.summary,
        "operationId": _name(operation.method, operation.path),
        "responses": {str(operation.status): _content("The answer", operation.answer, "application/json")},
    }
    if operation.links:
        described["responses"][str(operation.status)]["links"] = {
            _name(link.method, link.path): _link(link) for link in operation.links
        }
    if operation.is_open:
        described["security"] = []
    if operation.parameters:
        described["parameters"] = [_parameter(parameter) for parameter in operation.parameters]
    if operation.body is not None:
        described["requestBody"] = {
            "required": True,
            **_content("", operation.body, "application/json", with_text=False),
        }
    problems = operation.problems if operation.is_open else (*operation.problems, *_EVERYWHERE)
    by_status: dict[int, list[str]] = {}
    for code in problems:
        by_status.setdefault(STATUS[code], []).append(code.value)
    for status, codes in sorted(by_status.items()):
        text = ", ".join(codes)
        described["responses"][str(status)] = _content(text, wire.Problem, "application/problem+json")
    return described


def _name(method: str, path: str) -> str:
    return f"{method}_{path.strip('/').replace('/', '_').replace('-', '_')}"


def _link(link: Link) -> dict[str, Any]:
    described: dict[str, Any] = {"operationId": _name(link.method, link.path)}
    if link.parameters:
        described["parameters"] = dict(link.parameters)
    if link.body:
        described["requestBody"] = dict(link.body)
    return described


def _content(text: str, what: Any, media_type: str, *, with_text: bool = True) -> dict[str, Any]:
    content = {"content": {media_type: {"schema": {"$ref": REFERENCE.format(name=what.__name__)}}}}
    return {"description": text, **content} if with_text else content


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": parameter.kind}
    if parameter.is_many:
        schema = {"type": "array", "items": schema, "maxItems": wire.MAXIMUM_COMMANDS}
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_required,
        "schema": schema,
    }
