"""Delivery reports in a mailbox at a mail server: Dovecot with TLS, fetched by fetchmail as the text says.

What fetchmail is told is read out of packaging/server/README.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.portal_site import PER, portal_site
from tests.server.test_mail_bounces import FOLDER, report, state_of
from tests.support.guards import ROOT
from tests.support.imap_server import PASSWORD, USER, Mailbox, find_dovecot, imap_server

SECONDS = 120
OK, NO_CONNECTION = 0, 2


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    dovecot = find_dovecot()
    if dovecot is None or shutil.which("fetchmail") is None:
        if os.environ.get("CI"):
            pytest.fail("dovecot and fetchmail are not installed (packaging/linux/packages-test.txt)")
        pytest.skip("dovecot and fetchmail (packaging/linux/packages-test.txt) are not installed")
    with imap_server(dovecot) as running:
        yield running


def fetch(mailbox: Mailbox, folder: Path, database: str, *, trusts: bool = True) -> tuple[int, str]:
    """Run fetchmail once with the text's own lines; return its exit status and what it said."""
    text = (ROOT / "packaging" / "server" / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```text\n(  poll .*?)```", text, flags=re.DOTALL)
    assert found is not None
    command = f"{sys.executable} {ROOT / 'main.py'} server take-bounce"
    lines = found.group(1)
    for old, new in (
        ("imap.byran.example protocol", f"localhost port {mailbox.port} protocol"),
        ('"samverka@byran.example"', f'"{USER}"'),
        ('"…"', f'"{PASSWORD}"'),
        ("SAMVERKA_CONFIG=/etc/samverka/server.toml", f"SAMVERKA_DATABASE={database}"),
        ("/opt/samverka/samverka server take-bounce", command),
    ):
        assert old in lines
        lines = lines.replace(old, new)
    if trusts:
        lines += f' sslcertfile "{mailbox.authority}"'
    rules = folder / "fetchmailrc"
    rules.write_text(lines, encoding="utf-8")
    rules.chmod(0o600)
    done = subprocess.run(
        ["fetchmail", "--fetchmailrc", str(rules), "--nosyslog"],
        env={**os.environ, "FETCHMAILHOME": str(folder), "HOME": str(folder), "LC_ALL": "C"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=SECONDS,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_report_in_a_mailbox_is_shown_on_the_invitation(mailbox: Mailbox, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'server.db'}"
    with portal_site(database) as site:
        invitation, _, _ = site.invite()
        (mail,) = site.mails(PER)
        mailbox.put((FOLDER / "absence.eml").read_bytes().replace(b"MAIL-ID", mail.id.encode()))
        mailbox.put(report("exchange", mail.id))
        assert mailbox.count() == 2
        # The control: a certificate that nobody vouches for is no mailbox of ours, and gets no password.
        status, said = fetch(mailbox, tmp_path, database, trusts=False)
        assert (status, "certificate verify failed" in said) == (NO_CONNECTION, True), said
        # A database that is away: what could not be handed over stays.
        _, said = fetch(mailbox, tmp_path, "postgresql://nobody@127.0.0.1:1/none")
        assert "MDA returned nonzero status 3" in said, said
        assert mailbox.count() == 2
        assert state_of(site, invitation, PER) == "sent"
        status, said = fetch(mailbox, tmp_path, database)
        assert status == OK, said
        assert state_of(site, invitation, PER) == "bounced"
        assert mailbox.count() == 0
