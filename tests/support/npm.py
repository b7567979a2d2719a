"""Programs of npm that tests hold us against, in a folder of the build: installed once per lock."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.support.guards import REAL_HOME, ROOT

SOURCE = Path(__file__).parent / "node"
SECONDS = 600


def node_folder(source: Path = SOURCE) -> Path:
    """Return the folder in which node_modules lies; skip where there is no npm on a person's machine.

    Installs exactly what the lock in ``source`` names, checked by its hashes. In CI the lack of npm is
    a failure.
    """
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("npm is not installed (packaging/linux/packages-node.txt names it)")
        pytest.skip("npm is not installed (packaging/linux/packages-node.txt names it)")
    lock = (source / "package-lock.json").read_bytes()
    folder = ROOT / "build" / "node" / hashlib.sha256(lock).hexdigest()[:16]
    if not (folder / "node_modules").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as text:
            made = Path(text) / "made"
            made.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copy(source / name, made / name)
            # The person's own settings of npm name the registry; everything else stays in the build.
            environment = {**os.environ, "HOME": str(REAL_HOME)}
            words = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", f"{text}/cache"]
            subprocess.run(
                words, cwd=made, env=environment, check=True, timeout=SECONDS, stdin=subprocess.DEVNULL
            )
            if not folder.exists():
                # Another process may have been quicker.
                made.rename(folder)
    return folder
