"""The roll of formats, and which of them a file is in."""

from pathlib import Path

from catalogue_import.files import InputError, require
from catalogue_import.formats.copies.glued_text import GLUED_TEXT
from catalogue_import.formats.copies.list_export import LIST_EXPORT
from catalogue_import.formats.copies.official_pdf import OFFICIAL_PDF
from catalogue_import.formats.copies.saved_page import SAVED_PAGE
from catalogue_import.formats.decision import PDF_DECISION, WORD_DECISION, WORKBOOK_DECISION
from catalogue_import.formats.format import AnyFormat, CheckFormat, DecisionFormat, Format
from catalogue_import.formats.portal import PORTAL
from catalogue_import.formats.repeal_list import REPEAL_LIST
from catalogue_import.formats.template import TEMPLATE

FORMATS: tuple[AnyFormat, ...] = (
    PORTAL,
    WORD_DECISION,
    WORKBOOK_DECISION,
    PDF_DECISION,
    TEMPLATE,
    LIST_EXPORT,
    SAVED_PAGE,
    GLUED_TEXT,
    OFFICIAL_PDF,
    REPEAL_LIST,
)


def detect(path: Path) -> AnyFormat:
    """The one format that claims a file or folder; raises InputError when none or several do."""
    require(path)
    claimants = [format_ for format_ in FORMATS if format_.claims(path)]
    if len(claimants) == 1:
        return claimants[0]
    if claimants:
        names = ", ".join(format_.name for format_ in claimants)
        raise InputError(f"{path} could be in several formats ({names}). Give it the name its format asks for")
    known = "; ".join(f"{format_.name}: {format_.looks_like}" for format_ in FORMATS)
    raise InputError(f"{path} is in no known format. Known are: {known}")


def publishable(path: Path) -> Format | DecisionFormat:
    """The same for a file that is to be published; raises InputError for copies that may only be read."""
    format_ = detect(path)
    if isinstance(format_, CheckFormat):
        raise InputError(
            f"{path} ({format_.name}) is a copy poorer than the record, never published. "
            f"motcua catalogue read {path} compares it with the record"
        )
    return format_
