"""A disk that is really full: a few megabytes of memory as a disk, in a process with mounts of its own.

Where a machine lets nobody have such a disk the n-th write fails in tests/reliability/test_failing_writes
all the same; only the system's own «no space left» is not seen there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.guards import ROOT

MOUNT = 'mount -t tmpfs -o size=8m full "$0" && exec "$@"'


def on_a_small_disk(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program that sees a disk of eight megabytes in the folder."""
    return subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, str(folder), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Return where a small disk can be had."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("unshare") is None or on_a_small_disk(folder, "true").returncode != 0:
        pytest.skip("this machine lets a process have no mounts of its own (unshare, tmpfs)")
    return folder


@pytest.mark.case(57)
def test_nothing_is_lost_on_a_full_disk(disk: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    words = ("-m", "tests.reliability.full_disk", str(disk), str(elsewhere))
    done = on_a_small_disk(disk, sys.executable, *words)
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert sum(told["lives"]) > len(told["lives"]), "the control: the disk was full"
    assert told["lives"][0] == max(told["lives"]), "the less room, the more fails"
    assert told["client"] == ["disk_full", "disk_full"]
    assert told["server"] == ["problem_unavailable"] * 8
