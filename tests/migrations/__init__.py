"""Databases of other versions, damaged ones, and the copies that are kept of them."""
