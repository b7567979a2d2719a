"""A real secret service (GNOME Keyring) on a message bus of its own, unlocked, in a temporary home."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def secret_service(folder: Path) -> Iterator[dict[str, str]]:
    """Run bus and keyring; give the environment by which a program finds them.

    The programs come from Debian's packages dbus and gnome-keyring; where they are missing the test is
    skipped with that reason.
    """
    bus, keyring = shutil.which("dbus-daemon"), shutil.which("gnome-keyring-daemon")
    if bus is None or keyring is None:
        pytest.skip("dbus-daemon and gnome-keyring-daemon are not installed")
    private = {
        name: str(folder / name.casefold())
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    }
    for place in private.values():
        Path(place).mkdir(parents=True, mode=0o700)
    env = {**os.environ, **private, "HOME": str(folder)}
    with subprocess.Popen(
        [bus, "--session", "--nofork", "--nopidfile", "--print-address"],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    ) as bus_process:
        assert bus_process.stdout is not None
        address = bus_process.stdout.readline().strip()
        env["DBUS_SESSION_BUS_ADDRESS"] = address
        with subprocess.Popen(
            [keyring, "--foreground", "--unlock", "--components=secrets"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as keyring_process:
            assert keyring_process.stdin is not None
            keyring_process.stdin.write(b"password of the test\n")
            keyring_process.stdin.close()
            try:
                yield {"DBUS_SESSION_BUS_ADDRESS": address}
            finally:
                keyring_process.terminate()
                bus_process.terminate()
