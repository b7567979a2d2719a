"""The customer list's filters, columns, panel and bar, for `main.py screenshot`."""

from ui.pressed_pictures import pressed

PICTURES = {
    "filters": pressed("customers", "customersMoreFilters"),
    "columns": pressed("customers", "customersColumns"),
    "chosen": pressed("customers", row="customersTable"),
    "ticked": pressed("customers", ticked="customersTable"),
}
