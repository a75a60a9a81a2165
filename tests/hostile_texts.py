"""What hostile people type, and how a test sees that it stayed a text: on pages, in workbooks, in documents."""

import io
import zipfile
from html.parser import HTMLParser

from docx import Document
from openpyxl import load_workbook

SCRIPT = "\"'></textarea></title><script>alert(1)</script><img src=x onerror=alert(1)><motcua-x a=1>"
PRODUCT = str(7919 * 7919)  # what a template would make of the second one
TEXTS = {
    "script": SCRIPT,
    "template": "{{ 7919*7919 }}{% for x in y %}{{ ''.__class__ }}${7919*7919}#{7919*7919}<%= 7919*7919 %>",
    "link": "[bấm đây](javascript:alert(1)) [và đây](data:text/html,<motcua-x>) javascript:alert(1)",
    "formula": '=HYPERLINK("http://x.example","bấm")',
    "plus": "+7919*7919",
    "at": "@SUM(A1:A9)",
    "minus": "-7919*7919|' /C calc'!A0",
    "control characters": "=1\x07+1\x1b[31m\x0b\ufffe",
    "statement": "'; DROP TABLE faq_file; --",
    "field of a document": '<w:instrText>DDEAUTO c:\\\\windows</w:instrText>]]><!--\u202e"&amp;&#60;',
}
ALIVE = ("<w:instrText", "<w:fldSimple", "<w:altChunk", "<w:hyperlink", "<w:object")  # what a document acts on
OURS = {"http://", "https://", "/", "#", "?", "mailto:", "tel:"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip().lower() for name, value in attrs}
        if "-" in tag or (tag == "script" and not given.get("src", "").startswith("/static/")):
            self.wrong.append(f"<{tag} {given}>")
        self.wrong += [f"{tag} {name}" for name in given if name.startswith("on") or name in {"style", "srcdoc"}]
        for name in {"href", "action", "formaction", "src"} & given.keys() - ({"href"} if tag == "link" else set()):
            if not given[name].startswith(tuple(OURS)):
                self.wrong.append(f"{tag} {name}={given[name]}")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def what_lives_on(page: str) -> list[str]:
    """What of a page is more than text and not ours; nothing where all is well."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.wrong + [PRODUCT] * (PRODUCT in page)


def what_lives_in_workbook(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        wrong = [name for name in parts.namelist() if "externalLink" in name or "vba" in name or "embed" in name]
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    wrong += [f"{cell.coordinate}: {cell.value}" for cell in cells if cell.data_type not in {"s", "n", "d"}]
    return wrong + [str(cell.hyperlink.target) for cell in cells if cell.hyperlink]


def what_lives_in_document(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode()
    wrong = [
        name for name in ("<w:instrText", "<w:fldSimple", "<w:altChunk", "<w:hyperlink", "<w:object") if name in body
    ]
    outside = Document(io.BytesIO(content)).part.rels.values()
    return wrong + [each.target_ref for each in outside if each.is_external]
