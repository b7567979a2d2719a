"""The profile's lock, settings and key."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import Start
from app.config import Config, change_config, load_config, with_policy
from app.errors import ProfileBusyError
from app.paths import Profile, ProfileLock
from app.secrets import KEY_BYTES, SecretsError, derive_key, key_from_passphrase, load_or_make_key, new_salt

TRY_LOCK = (
    "import sys, pathlib; from app.paths import Profile, ProfileLock\n"
    "from app.errors import ProfileBusyError\n"
    "try: ProfileLock(Profile(pathlib.Path(sys.argv[1]))).acquire(); print('free')\n"
    "except ProfileBusyError as error: print(error.code)"
)


class Keys:
    """Keeps keys in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def find(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def keep(self, name: str, key: bytes) -> None:
        self.kept[name] = key

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


class NoKeyring(Keys):
    """A machine without a keyring."""

    def find(self, name: str) -> bytes | None:
        raise SecretsError("keyring_missing")


def lock_elsewhere(folder: Path) -> str:
    found = subprocess.run(
        [sys.executable, "-c", TRY_LOCK, str(folder)], capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


@pytest.mark.case(58)
def test_lock_keeps_another_process_out_and_profiles_apart(tmp_path: Path) -> None:
    mine, other = Profile(tmp_path / "a"), Profile(tmp_path / "b")
    mine.prepare()
    other.prepare()
    with ProfileLock(mine):
        assert lock_elsewhere(mine.folder) == "profile_busy"
        assert lock_elsewhere(other.folder) == "free"
    assert lock_elsewhere(mine.folder) == "free"


def test_start_says_that_the_profile_is_busy(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from app.paths import Profile, ProfileLock\n"
        "lock = ProfileLock(Profile(pathlib.Path(sys.argv[1]))); lock.acquire()\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    Profile(tmp_path).prepare()
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    with pytest.raises(ProfileBusyError):
        Start(Profile(tmp_path), key_store=Keys()).lock()
    holder.communicate("")


def test_settings_survive_and_damage_gives_the_first_ones(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    change_config(profile, language="en", window={"version": 1})
    assert load_config(profile).language == "en"
    assert load_config(profile).window == {"version": 1}
    profile.config_file.write_text("{ this is no")
    assert load_config(profile) == Config()
    profile.config_file.write_text(json.dumps({"language": 7, "from_a_newer_program": 1, "theme": "dark"}))
    assert load_config(profile) == Config(theme="dark")


def test_policy_comes_before_the_person() -> None:
    assert with_policy(Config(language="en"), {"language": "sv"}).language == "sv"


def test_key_is_made_once_and_kept() -> None:
    keys = Keys()
    key = load_or_make_key(keys, "p")
    assert len(key) == KEY_BYTES
    assert load_or_make_key(keys, "p") == key
    assert load_or_make_key(keys, "q") != key
    assert derive_key(key, "one") != derive_key(key, "two") != key


def test_without_a_keyring_nothing_is_opened(tmp_path: Path) -> None:
    start = Start(Profile(tmp_path), key_store=NoKeyring())
    with pytest.raises(SecretsError) as caught:
        start.build(start=False)
    assert caught.value.code == "keyring_missing"
    assert not (tmp_path / "cache.db").exists()


def test_passphrase_takes_the_keyrings_place(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    first = Start(profile, key_store=NoKeyring(), passphrase="norrsken och kaffe").key()
    assert Start(profile, key_store=NoKeyring(), passphrase="norrsken och kaffe").key() == first
    with pytest.raises(SecretsError) as caught:
        Start(profile, key_store=NoKeyring()).key()
    assert caught.value.code == "passphrase_needed"
    assert first.hex() not in profile.config_file.read_text()


def test_a_mistyped_passphrase_opens_nothing_and_loses_nothing(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    Start(profile, key_store=NoKeyring(), passphrase="norrsken och kaffe").build(start=False).close()
    before = profile.database_file.read_bytes()
    for typed in ("norrsken utan kaffe", "kort"):
        start = Start(profile, key_store=NoKeyring(), passphrase=typed)
        assert not start.opens_with(typed)
        with pytest.raises(SecretsError) as caught:
            start.build(start=False)
        assert caught.value.code == "passphrase_wrong"
    assert not profile.set_aside_folder.exists()
    assert profile.database_file.read_bytes() == before
    start.use_passphrase("norrsken och kaffe")
    assert start.opens_with("norrsken och kaffe")
    opened = start.build(start=False)
    assert opened.opened.set_aside is None
    opened.close()


def test_what_the_keyring_protects_is_not_given_a_passphrase_when_the_keyring_is_away(tmp_path: Path) -> None:
    profile, keys = Profile(tmp_path), Keys()
    Start(profile, key_store=keys).build(start=False).close()
    before = profile.database_file.read_bytes()
    start = Start(profile, key_store=NoKeyring(), passphrase="norrsken och kaffe")
    with pytest.raises(SecretsError) as caught:
        start.build(start=False)
    assert caught.value.code == "keyring_needed"
    assert load_config(profile).key_source != "passphrase"
    assert profile.database_file.read_bytes() == before
    again = Start(profile, key_store=keys).build(start=False)
    assert again.opened.set_aside is None
    again.close()


def test_short_passphrase_is_refused() -> None:
    with pytest.raises(SecretsError) as caught:
        key_from_passphrase("kort", new_salt())
    assert caught.value.code == "passphrase_too_short"


def test_sample_firm_needs_no_keyring(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    (tmp_path / "cache.db").write_bytes(b"of the last start")
    first = Start(profile, demo=True, key_store=NoKeyring()).key()
    assert not (tmp_path / "cache.db").exists()
    assert Start(profile, demo=True, key_store=NoKeyring()).key() != first
