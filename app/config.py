"""The settings that are needed before the encrypted cache is open, in one small file per profile.

Nothing secret and nothing about customers is kept here. A policy file of the IT department (see
``app.paths.policy_file``) comes before the person's choice and locks it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from app.errors import SamverkaError
from app.paths import Profile
from app.system_causes import explain_cause


class ConfigError(SamverkaError):
    """The settings could not be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A profile's settings.

    ``passphrase_check`` tells whether a typed passphrase is the profile's, see ``app.secrets``.
    ``server_url`` empty means the embedded server. ``port`` is the embedded server's, kept so that links
    that were mailed keep working. ``poll_seconds`` is how often the client asks when nothing pokes it.
    ``lock_minutes`` without a touch cover the window; 0 is never.
    ``window`` belongs to ui: geometry, columns and views with their version.
    """

    profile_id: str = ""
    key_source: str = ""
    passphrase_salt: str = ""
    passphrase_check: str = ""
    server_url: str = ""
    sample: bool = False
    port: int = 0
    language: str = "sv"
    theme: str = "system"
    density: str = "normal"
    proxy: str = ""
    poll_seconds: int = 300
    lock_minutes: int = 0
    welcome_done: bool = False
    window: dict[str, Any] = field(default_factory=dict)

    @property
    def is_embedded(self) -> bool:
        """Tell whether the client starts the server for itself."""
        return not self.server_url


def load_config(profile: Profile) -> Config:
    """Return the profile's settings; the first ones where the file is missing or damaged."""
    return Config(**_read(profile.config_file))


def save_config(profile: Profile, config: Config) -> None:
    """Write the settings so that a crash leaves either the old file or the new one.

    Raises:
        ConfigError: ``config_not_written`` when the disk refuses.
    """
    profile.prepare()
    text = json.dumps(asdict(config), ensure_ascii=False, indent=1, sort_keys=True)
    unfinished = profile.config_file.with_suffix(".new")
    try:
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, profile.config_file)  # noqa: PTH105 - replaces on Windows, too
    except OSError as error:
        raise ConfigError("config_not_written", **explain_cause(error)) from error


def change_config(profile: Profile, **changes: Any) -> Config:
    """Change some settings and return all of them."""
    config = replace(load_config(profile), **changes)
    save_config(profile, config)
    return config


def load_policy(path: Path) -> dict[str, Any]:
    """Return the settings that the IT department has decided; none where there is no such file."""
    return _read(path)


def with_policy(config: Config, policy: dict[str, Any]) -> Config:
    """Return the settings with the decided ones in place of the person's."""
    return replace(config, **policy)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    known = {item.name: item for item in fields(Config)}
    start = Config()
    return {
        name: value
        for name, value in content.items()
        if name in known and isinstance(value, type(getattr(start, name)))
    }
