"""Reading the spreadsheets companies really have: any xlsx, xls or CSV, with its header wherever it is.

What the columns mean belongs to the domains; writing sheets is not here.
"""

from roundsman.core.sheets.reading import ROWS_MAX, SIZE_MAX, Sheet, number_of, read_sheets
from roundsman.core.sheets.tables import Headings, Line, Table, find_table

__all__ = [
    "ROWS_MAX",
    "SIZE_MAX",
    "Headings",
    "Line",
    "Sheet",
    "Table",
    "find_table",
    "number_of",
    "read_sheets",
]
