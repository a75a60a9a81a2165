"""The JSON objects of the national portal: details and list objects, with or without the answer's envelope."""

from pathlib import Path

from catalogue_import.formats.copies.glued_text import is_glued_text
from catalogue_import.formats.format import Format
from catalogue_import.formats.portal.identity import identify
from catalogue_import.formats.portal.procedure import to_procedure
from catalogue_import.formats.portal.reader import claims, read


def _claims(path: Path) -> bool:
    """Pages as glued text are JSON too, but no objects of the portal."""
    return claims(path) and not is_glued_text(path)


PORTAL = Format(
    name="national portal",
    looks_like="a folder of .json files, a .json, .jsonl or .jsonl.gz file",
    claims=_claims,
    read=read,
    identify=identify,
    to_procedure=to_procedure,
)
