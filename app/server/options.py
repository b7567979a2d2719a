"""How a server is told what to do: options of the command line, then the environment, then a file.

Secrets (the database's password, SMTP's, the metrics token) belong in the environment or in a file that only
the server's user may read, never among a process's arguments.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import msgspec

from app.errors import UsageError

PREFIX = "SAMVERKA_"
LOG_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdOptions:
    """An external OpenID provider that staff sign in with: its issuer, and what we are called there.

    ``name`` stands on the button. ``claim`` is the claim that holds the e-mail address of the staff member.
    ``require`` are claims that must have these values (``hd=byran.example, groups=…``).
    ``firm`` is the id or organisation number of the only firm it speaks for; empty is every firm here.
    ``passwords`` false: the staff of its firm, or of every firm, sign in nowhere else.
    """

    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    name: str = ""
    claim: str = "email"
    require: str = ""
    firm: str = ""
    passwords: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How to serve. ``port`` 0 takes the one that this database had before, or any that is free.

    ``state`` is a folder for what this machine remembers of the database (``restoring``).
    ``metrics_token`` opens /metrics; without it only this machine may read them. ``trusted_proxies`` are the
    addresses whose word about a client's address is taken, with commas between.
    """

    database: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    public_url: str = ""
    smtp: str = ""
    sample: bool = False
    key_stdin: bool = False
    state: str = ""
    log_format: str = "text"
    metrics_token: str = ""
    trusted_proxies: str = "127.0.0.1"
    openid: tuple[OpenIdOptions, ...] = ()


def read_options(given: Mapping[str, Any], environment: Mapping[str, str], config: str = "") -> ServeOptions:
    """Return the options. ``given`` are those of the command line; None there means «not said».

    The file is ``config`` or the environment's ``SAMVERKA_CONFIG``; its keys are the names of the options
    with underscores, and a table ``openid`` or several (``[[openid]]``). In the environment they are
    ``SAMVERKA_DATABASE`` and so on, ``SAMVERKA_OPENID_ISSUER`` and so on (they change the first provider).

    Raises:
        UsageError: ``server_config_unreadable``, ``server_option_unknown``, ``server_option_invalid``,
            ``server_database_missing``.
    """
    path = config or environment.get(f"{PREFIX}CONFIG", "")
    values = _from_file(Path(path)) if path else {}
    providers = _tables(values.pop("openid", []))
    from_environment = {
        field.name: said
        for field in fields(OpenIdOptions)
        if (said := environment.get(f"{PREFIX}OPENID_{field.name.upper()}")) is not None
    }
    if from_environment:
        providers = [{**(providers[0] if providers else {}), **from_environment}, *providers[1:]]
    for field in fields(ServeOptions):
        said = environment.get(f"{PREFIX}{field.name.upper()}")
        if said is not None and field.name != "openid":
            values[field.name] = said
    values |= {name: value for name, value in given.items() if value is not None}
    openid = tuple(OpenIdOptions(**_convert(each, OpenIdOptions)) for each in providers)
    options = ServeOptions(**_convert(values, ServeOptions), openid=openid)
    if not options.database:
        raise UsageError("server_database_missing")
    if options.log_format not in LOG_FORMATS:
        raise UsageError("server_option_invalid", option="log_format", value=options.log_format)
    return options


def _tables(value: object) -> list[dict[str, Any]]:
    try:
        return msgspec.convert(value if isinstance(value, list) else [value], list[dict[str, Any]])
    except msgspec.ValidationError as error:
        raise UsageError("server_option_invalid", option="openid", value="…") from error


def _from_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UsageError("server_config_unreadable", path=str(path), reason=str(error)) from error


def _convert(values: Mapping[str, Any], cls: type[ServeOptions | OpenIdOptions]) -> dict[str, Any]:
    known = {field.name for field in fields(cls)}
    for name in values:
        if name not in known:
            raise UsageError("server_option_unknown", option=name)
    converted: dict[str, Any] = {}
    for field in fields(cls):
        if field.name not in values:
            continue
        kind = type(field.default)
        value = values[field.name]
        try:
            # Words of the environment: «8443» is a number and «true» is a truth value.
            converted[field.name] = msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError as error:
            shown = "…" if "token" in field.name or "secret" in field.name else value
            raise UsageError("server_option_invalid", option=field.name, value=shown) from error
    return converted
