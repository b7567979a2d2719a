"""Types that threads decode for the first time at once; in a process of its own, since a failure ends it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.guards import ROOT

_MANY = """
import sys, threading
from dataclasses import make_dataclass
import msgspec
from app.domain.decoders import decoder_of

sys.setswitchinterval(1e-6)
build = decoder_of if sys.argv[1] == "decoder_of" else msgspec.json.Decoder
for _ in range(60):
    inner = [make_dataclass(f"Inner{at}", [("part", "int", 0)]) for at in range(8)]
    outer = make_dataclass("Outer", [(f"field{at}", kind) for at, kind in enumerate(inner)])
    gate = threading.Barrier(4)

    def decode():
        gate.wait()
        build(outer).decode("{%s}" % ",".join('"field%d": {"part": 1}' % at for at in range(8)))

    threads = [threading.Thread(target=decode) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


@pytest.mark.parametrize(("build", "holds"), [("decoder_of", True), ("msgspec", False)])
def test_a_type_is_decoded_for_the_first_time_by_many_at_once(build: str, *, holds: bool) -> None:
    ended = subprocess.run([sys.executable, "-c", _MANY, build], cwd=ROOT, capture_output=True, check=False)
    assert (ended.returncode == 0) is holds, ended.stderr.decode()[-2000:]
