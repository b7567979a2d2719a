"""The forms on a customer's page, for `main.py screenshot`."""

from ui.pressed_pictures import pressed

PICTURES = {
    "details": pressed("customer", "customerFactsLink"),
    "contact": pressed("customer", "customerContactsLink"),
    "engagement": pressed("customer", "customerEngagementsLink"),
    "ticked": pressed("customer", ticked="customerCollaborationList"),
}
