"""What the columns of a leader's own spreadsheet mean: guessed from the headings, and each cell read in plain Swedish.

Nothing is looked up and nothing is stored here. What cannot be understood is said in words, cell by cell.
"""

from support.caseload_columns.cells import Unclear
from support.caseload_columns.fields import COLUMNS, CaseField, Column, guess_columns
from support.caseload_columns.rows import CaseRow, ReadRow, read_row

__all__ = ["COLUMNS", "CaseField", "CaseRow", "Column", "ReadRow", "Unclear", "guess_columns", "read_row"]
