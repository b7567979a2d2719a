"""An e-mail on its way out: a letter, from whom and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from app.errors import SamverkaError
from app.letters.letter import Letter


class AddressRefusedError(SamverkaError):
    """The address cannot get e-mail (a 5xx answer, or no address at all): stop, and tell the firm."""


class MailDelayedError(SamverkaError):
    """It did not go this time (a 4xx answer, a time-out, no connection): try again later."""


class MailSignInError(SamverkaError):
    """The mail server refused our sign-in or our sender: nothing will go before a person has seen to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """One e-mail to one address. ``id`` is the same at each try, and so is all that is made of it."""

    id: str
    firm_id: str
    kind: str
    to_name: str
    to_address: str
    sender_name: str
    sender_address: str
    made_at: datetime
    letter: Letter

    @property
    def travelling_address(self) -> str:
        """Return the address as every mail server takes it: a domain with å, ä or ö in its ASCII form.

        Only what stands before the @ needs a server that speaks SMTPUTF8 then (RFC 5891, 6531).
        """
        name, _, domain = self.to_address.rpartition("@")
        if domain.isascii():
            return self.to_address
        import idna

        try:
            return f"{name}@{idna.encode(domain, uts46=True).decode()}"
        except idna.IDNAError:
            return self.to_address

    def message(self) -> EmailMessage:
        """Return the e-mail as it travels (RFC 5322). Raises AddressRefusedError for an impossible address.

        The library refuses a header with a line break in it, and encodes what is not ASCII.
        """
        message = EmailMessage(policy=policy.SMTP)
        try:
            message["From"] = Address(self.sender_name, addr_spec=self.sender_address)
            message["To"] = Address(self.to_name, addr_spec=self.travelling_address)
            message["Subject"] = self.letter.subject
        except (ValueError, IndexError, MessageError) as error:
            raise AddressRefusedError("address_invalid") from error
        message["Date"] = format_datetime(self.made_at)
        message["Message-ID"] = f"<{self.id}@{self.sender_address.rpartition('@')[2]}>"
        # So that absence notices do not answer (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.letter.text)
        message.add_alternative(self.letter.html, subtype="html")
        return message
