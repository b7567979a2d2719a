"""What is done with an invitation, for `main.py screenshot`."""

from ui.pressed_pictures import pressed

PICTURES = {
    "problem": pressed("invitations", "invitationsFilter_problem", row="invitationsTable"),
    "correct": pressed(
        "invitations", "invitationsFilter_problem", "invitationsCorrect", row="invitationsTable"
    ),
    "ticked": pressed("invitations", "invitationsFilter_all", ticked="invitationsTable"),
}
