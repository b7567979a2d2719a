"""The least program that does what a push does on PostgreSQL: psycopg, and the same statements again.

The statements are those that the server ran for the same commands on another copy of the database, with their
values; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg

Replay = Sequence[tuple[Any, Any]]
"""Statements and their values of one transaction."""


def run_floor(address: str, transactions: Sequence[Replay]) -> None:
    """Run the transactions one after the other on a connection of its own."""
    with psycopg.connect(address) as connection:
        cursor = connection.cursor()
        for transaction in transactions:
            for statement, values in transaction:
                cursor.execute(statement, values)
                if cursor.description is not None:
                    cursor.fetchall()
            connection.commit()
