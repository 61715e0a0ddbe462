"""Reading the spreadsheets companies really have: any xlsx, xls or CSV, with its header wherever it is; and writing
lists as xlsx. What the columns mean belongs to the domains.
"""

from roundsman.core.sheets.reading import ROWS_MAX, SIZE_MAX, Sheet, number_of, read_sheets
from roundsman.core.sheets.rows import RowNote, SheetRows, is_rounded, note_of, plain_number
from roundsman.core.sheets.tables import Headings, Line, Table, find_table
from roundsman.core.sheets.writing import MEDIA_TYPE, Cell, Heading, chunks_of, disposition_of, written_sheet

__all__ = [
    "MEDIA_TYPE",
    "ROWS_MAX",
    "SIZE_MAX",
    "Cell",
    "Heading",
    "Headings",
    "Line",
    "RowNote",
    "Sheet",
    "SheetRows",
    "Table",
    "chunks_of",
    "disposition_of",
    "find_table",
    "is_rounded",
    "note_of",
    "number_of",
    "plain_number",
    "read_sheets",
    "written_sheet",
]
