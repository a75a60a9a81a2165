"""Writing the empty template."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from catalogue_import.files import InputError, unreadable
from catalogue_import.formats.template.layout import (
    COLUMNS,
    DECISION_SHEET,
    GUIDE,
    GUIDE_SHEET,
    HEADING_ROW,
    LAST_LISTED_ROW,
    LINES,
    LIST_SHEET,
    Column,
)

BOLD = Font(bold=True)
GREY = Font(italic=True, color="666666")
HEAD_FILL = PatternFill("solid", fgColor="DDEBF7")
WRAPPED = Alignment(wrap_text=True, vertical="top")
CHOICES_SHEET = "Danh sách chọn"  # hidden
TEXT = "@"  # number format: codes stay texts and keep their zeros


def write_template(path: Path) -> None:
    """Whole or not at all; raises InputError where there is a file already or the folder cannot be written."""
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"{path} must end in .xlsx")
    if path.exists():
        raise InputError(f"{path} exists already. Give another name, or remove it first")
    try:
        with NamedTemporaryFile(dir=path.parent, suffix=".xlsx", delete=False) as file:
            _workbook().save(file.name)
        Path(file.name).replace(path)
    except OSError as error:
        raise unreadable(path, error) from error


def _workbook() -> Workbook:
    workbook = Workbook()
    guide = workbook.worksheets[0]
    guide.title = GUIDE_SHEET
    _fill_guide(guide)
    _fill_decision(workbook.create_sheet(DECISION_SHEET))
    _fill_list(workbook.create_sheet(LIST_SHEET), workbook.create_sheet(CHOICES_SHEET))
    return workbook


def _fill_guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 100
    for row, text in enumerate(GUIDE, start=1):
        sheet.cell(row, 1, text).alignment = WRAPPED
    sheet.cell(1, 1).font = BOLD


def _fill_decision(sheet: Worksheet) -> None:
    for letter, width in (("A", 24), ("B", 50), ("C", 52)):
        sheet.column_dimensions[letter].width = width
    for row, line in enumerate(LINES, start=1):
        sheet.cell(row, 1, line.heading).font = BOLD
        sheet.cell(row, 2).number_format = TEXT
        sheet.cell(row, 3, line.hint).font = GREY


def _fill_list(sheet: Worksheet, choices: Worksheet) -> None:
    choices.sheet_state = "hidden"
    for number, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        heading = sheet.cell(HEADING_ROW, number, column.heading)
        heading.font, heading.fill, heading.alignment = BOLD, HEAD_FILL, WRAPPED
        heading.comment = Comment(column.hint, "motcua")
        example = sheet.cell(HEADING_ROW + 1, number, column.example or None)
        example.font, example.alignment = GREY, WRAPPED
        _prepare_cells(sheet, choices, letter, column)
    sheet.freeze_panes = "E2"


def _prepare_cells(sheet: Worksheet, lists: Worksheet, letter: str, column: Column) -> None:
    for row in range(HEADING_ROW + 1, LAST_LISTED_ROW + 1):
        sheet[f"{letter}{row}"].number_format = TEXT
    if column.choices:
        choices = DataValidation(type="list", formula1=_choices_in_a_range(lists, letter, column), allow_blank=True)
        choices.error, choices.errorTitle = "Hãy chọn một giá trị trong danh sách.", column.heading
        choices.showErrorMessage = True
        sheet.add_data_validation(choices)
        choices.add(f"{letter}{HEADING_ROW + 1}:{letter}{LAST_LISTED_ROW}")


def _choices_in_a_range(lists: Worksheet, letter: str, column: Column) -> str:
    """A list in a formula is cut at commas, and some choices have one; so they stand in cells."""
    for row, choice in enumerate(column.choices, start=1):
        lists[f"{letter}{row}"] = choice
    return f"'{lists.title}'!${letter}$1:${letter}${len(column.choices)}"
