"""Towards the vendor's register: what it knows and what it is told."""
