"""E-mails to customers as text and HTML, Swedish and English: sent by the server, previewed by the client."""

from app.letters.letter import (
    CollaborationEnds,
    CollaborationGoesOn,
    CollaborationReceipt,
    Information,
    InvitationReminder,
    InvitationReplaced,
    InvitationRequest,
    InvitationWithdrawn,
    Letter,
    LetterContent,
    LoginInstructions,
)
from app.letters.writing import PREVIEW_CODE, PREVIEW_LINK, LetterError, write_letter

__all__ = [
    "PREVIEW_CODE",
    "PREVIEW_LINK",
    "CollaborationEnds",
    "CollaborationGoesOn",
    "CollaborationReceipt",
    "Information",
    "InvitationReminder",
    "InvitationReplaced",
    "InvitationRequest",
    "InvitationWithdrawn",
    "Letter",
    "LetterContent",
    "LetterError",
    "LoginInstructions",
    "write_letter",
]
