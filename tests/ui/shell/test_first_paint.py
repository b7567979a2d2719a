"""What the program has loaded when its first picture is on the screen, counted in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.secret_service import secret_service

ROOT = Path(__file__).parents[3]
HEAVY = {
    "sqlalchemy",
    "alembic",
    "requests",
    "msgspec",
    "openpyxl",
    "litestar",
    "jinja2",
    "keyring.backends.chainer",
    "keyring.backends.kwallet",
    "app.domain.effects",
    "app.usecases.workspace",
}
"""Libraries that wait for the first picture; of keyring everything that its scan of back ends would load."""


@pytest.mark.parametrize("screen", ["today", "customers"])
def test_nothing_heavy_is_loaded_at_the_first_picture(screen: str, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with secret_service(tmp_path) as found:
        env = {**os.environ, **found, "QT_QPA_PLATFORM": "offscreen"}
        make = (
            "import sys; from pathlib import Path\n"
            "from app.bootstrap import Start; from app.paths import Profile\n"
            "start = Start(Profile(Path(sys.argv[1]))); start.lock(); start.build(start=False).close()"
        )
        subprocess.run([sys.executable, "-c", make, str(profile)], cwd=ROOT, env=env, check=True)
        told = subprocess.run(
            [
                sys.executable,
                str(ROOT / "tests" / "benchmarks" / "timed_window.py"),
                screen,
                "modules",
                "--profile",
                str(profile),
            ],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    modules = set(json.loads(told.stdout.splitlines()[-1].removeprefix("modules ")))
    assert "sqlcipher3" in modules, "the cache is read before the first picture"
    assert not HEAVY & modules
