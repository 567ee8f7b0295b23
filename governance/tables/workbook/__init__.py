"""XLSX read as a stream, in memory that does not grow with the file, and with a bound on every part.

Our own reader, since openpyxl keeps something of every row and all shared texts even when it only reads.
"""

from governance.tables.workbook.sheet import read_xlsx

__all__ = ["read_xlsx"]
