"""Writing the communes' workbook: empty for filling in, or with what is known."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from catalogue_import.communes.layout import COUNTERS, GUIDE, GUIDE_SHEET, HINTS, PLACES, Sheet
from catalogue_import.files import InputError, unreadable
from knowledge.commune_layer import CommuneLayer
from knowledge.communes import Commune

BOLD = Font(bold=True)
HEAD_FILL = PatternFill("solid", fgColor="DDEBF7")
WRAPPED = Alignment(wrap_text=True, vertical="top")
TEXT = "@"  # number format: codes and telephone numbers keep their zeros
EMPTY_ROWS = 200  # formatted as text below the last row, for what is added by hand


def write_communes(path: Path, communes: Sequence[Commune], layers: Mapping[str, CommuneLayer]) -> None:
    """Whole or not at all; raises InputError where there is a file already or the folder cannot be written."""
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"{path} must end in .xlsx")
    if path.exists():
        raise InputError(f"{path} exists already. Give another name, or remove it first")
    try:
        with NamedTemporaryFile(dir=path.parent, suffix=".xlsx", delete=False) as file:
            _workbook(communes, layers).save(file.name)
        Path(file.name).replace(path)
    except OSError as error:
        raise unreadable(path, error) from error


def _workbook(communes: Sequence[Commune], layers: Mapping[str, CommuneLayer]) -> Workbook:
    workbook = Workbook()
    guide = workbook.worksheets[0]
    guide.title = GUIDE_SHEET
    guide.column_dimensions["A"].width = 110
    for row, text in enumerate(GUIDE, start=1):
        guide.cell(row, 1, text).alignment = WRAPPED
    guide.cell(1, 1).font = BOLD
    known = [layers[commune.code] for commune in communes if commune.code in layers]
    _fill(workbook.create_sheet(PLACES.name), PLACES, (_place(each, layers.get(each.code)) for each in communes))
    _fill(
        workbook.create_sheet(COUNTERS.name),
        COUNTERS,
        ((layer.code, each.counter, each.code, each.field) for layer in known for each in layer.counters),
    )
    _fill(
        workbook.create_sheet(HINTS.name),
        HINTS,
        ((layer.code, each.text, each.code, each.field) for layer in known for each in layer.hints),
    )
    return workbook


def _place(commune: Commune, layer: CommuneLayer | None) -> tuple[str, ...]:
    contact = layer.contact if layer else None
    told = (layer.told_by, f"{layer.told_on:%d/%m/%Y}", layer.out_of_hours) if layer else ("", "", "")
    if contact is None:
        return (commune.code, commune.full_name, "", "", "", "", *told)
    hotlines = "; ".join(contact.hotlines)
    return (
        commune.code,
        commune.full_name,
        contact.centre,
        contact.address or "",
        hotlines,
        contact.hours or "",
        *told,
    )


def _fill(sheet: Worksheet, layout: Sheet, rows: Iterable[Sequence[str]]) -> None:
    filled = list(rows)
    for at, column in enumerate(layout.columns, start=1):
        head = sheet.cell(1, at, column.heading)
        head.font, head.fill = BOLD, HEAD_FILL
        sheet.column_dimensions[get_column_letter(at)].width = column.width
        for row in range(2, len(filled) + EMPTY_ROWS):
            sheet.cell(row, at).number_format = TEXT
    for row, values in enumerate(filled, start=2):
        for at, value in enumerate(values, start=1):
            cell = sheet.cell(row, at, value or None)
            cell.alignment = WRAPPED
            if value:
                cell.data_type = "s"  # a text, also where it begins like a formula
    sheet.freeze_panes = "A2"
