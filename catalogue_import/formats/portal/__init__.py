"""The JSON objects of the national portal: details and list objects, with or without the answer's envelope."""

from catalogue_import.formats.format import Format
from catalogue_import.formats.portal.identity import identify
from catalogue_import.formats.portal.procedure import to_procedure
from catalogue_import.formats.portal.reader import claims, read

PORTAL = Format(
    name="national portal",
    looks_like="a folder of .json files, a .json, .jsonl or .jsonl.gz file",
    claims=claims,
    read=read,
    identify=identify,
    to_procedure=to_procedure,
)
