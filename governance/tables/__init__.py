"""Tables in files: CSV, XLSX and JSON Lines, read row by row and written as text that stays text."""

from governance.tables.places import MOST_CELL, Placed, Row, Table, at, fault
from governance.tables.reading import FORMATS, open_table
from governance.tables.writing import write_table

__all__ = ["FORMATS", "MOST_CELL", "Placed", "Row", "Table", "at", "fault", "open_table", "write_table"]
