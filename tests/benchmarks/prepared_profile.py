"""A profile with the sample firm in it, made before a measurement; its key is in the keyring.

Run as a program: ``python -m tests.benchmarks.prepared_profile FOLDER``. Afterwards the profile is that of a
firm whose server does not answer: no server of ours takes a processor while something is timed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from app.bootstrap import Start
from app.config import change_config
from app.paths import Profile
from app.usecases.session import try_sample_sign_in

ROOT = Path(__file__).parents[2]
NOBODY = "http://127.0.0.1:9"
_PATIENCE_SECONDS = 300.0


def prepare(folder: Path) -> None:
    """Fetch the sample firm into the folder. Raises TimeoutError, and what the program itself raises."""
    profile = Profile(folder)
    start = Start(profile, demo=True, server_command=[sys.executable, str(ROOT / "main.py")])
    start.lock()
    samverka = start.build()
    try:
        error = try_sample_sign_in(samverka.session)
        if error is not None:
            raise error
        began = time.monotonic()
        while samverka.status.read().last_pull_at is None or not samverka.customer_list.count():
            if time.monotonic() - began > _PATIENCE_SECONDS:
                raise TimeoutError("nothing was pulled")
            time.sleep(0.05)
    finally:
        samverka.close()
        start.unlock()
    change_config(profile, server_url=NOBODY, sample=False, welcome_done=True)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
