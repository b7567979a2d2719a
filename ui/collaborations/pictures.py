"""What is done with chosen collaborations, for `main.py screenshot`."""

from ui.pressed_pictures import pressed

PICTURES = {
    "ticked": pressed("collaborations", "collaborationsFilter_active", ticked="collaborationsTable"),
}
