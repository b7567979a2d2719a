"""Dovecot on loopback with TLS: a mailbox at a mail server that we did not write."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

from tests.support.ports import reserve_port

USER, PASSWORD = "samverka@byran.example", "a-mailbox-with-a-password"
SECONDS = 60

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
mail_location = maildir:{folder}/mail
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True)
class Mailbox:
    """One mailbox; ``authority`` is the file of the certificate that its server is known by."""

    port: int
    authority: Path

    def put(self, content: bytes) -> None:
        """Let a message arrive."""
        with self._open() as session:
            session.append("INBOX", "", imaplib.Time2Internaldate(0), content)

    def count(self) -> int:
        """Return how many messages lie there."""
        with self._open() as session:
            [number] = session.select("INBOX", readonly=True)[1]
            assert isinstance(number, bytes)
            return int(number)

    def _open(self) -> imaplib.IMAP4_SSL:
        trust = ssl.create_default_context(cafile=str(self.authority))
        session = imaplib.IMAP4_SSL("localhost", self.port, ssl_context=trust, timeout=SECONDS)
        session.login(USER, PASSWORD)
        return session


def find_dovecot() -> str | None:
    """Return the server's program, or None where it is not installed."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def imap_server(program: str) -> Iterator[Mailbox]:
    """Run it on one empty mailbox. It refuses to read mail as root: then it is another user's."""
    with tempfile.TemporaryDirectory(prefix="samverka-imap-") as name:
        folder, port = Path(name), reserve_port()
        is_root = os.geteuid() == 0
        user = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost", common_name="localhost")
        authority.cert_pem.write_to_path(folder / "ca.pem")
        certificate.cert_chain_pems[0].write_to_path(folder / "server.pem")
        certificate.private_key_pem.write_to_path(folder / "server.key")
        text = _CONFIGURATION.format(
            folder=folder,
            port=port,
            user=user.pw_name,
            group=grp.getgrgid(user.pw_gid).gr_name,
            password=PASSWORD,
        )
        (folder / "dovecot.conf").write_text(text, encoding="utf-8")
        more: dict[str, Any] = {}
        if is_root:
            for path in (folder, *folder.iterdir()):
                os.chown(path, user.pw_uid, user.pw_gid)
            more = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        words = [program, "-F", "-c", str(folder / "dovecot.conf")]
        with subprocess.Popen(
            words, cwd=folder, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more
        ) as running:
            assert running.stderr is not None
            try:
                # It says so when it listens.
                line = running.stderr.readline()
                if "starting up" not in line:
                    raise RuntimeError(line + running.stderr.read())
                yield Mailbox(port, folder / "ca.pem")
            finally:
                running.terminate()
                running.wait(SECONDS)
