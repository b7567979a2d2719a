"""A row in every table of the client's database, whatever columns it has."""

from sqlalchemy import Integer

from app.storage.database import Unit
from app.storage.schema import METADATA


def fill_every_table(unit: Unit) -> None:
    """Write a row of ones and letters into each table."""
    for table in METADATA.sorted_tables:
        names = [f'"{column.name}"' for column in table.columns]
        values = [1 if isinstance(column.type, Integer) else "1" for column in table.columns]
        marks = ", ".join("?" * len(names))
        unit.run(f"INSERT OR REPLACE INTO {table.name} ({', '.join(names)}) VALUES ({marks})", values)
