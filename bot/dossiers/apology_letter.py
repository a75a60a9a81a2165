"""The page of an apology, in the form of administrative documents."""

import io

from bot.dossiers.apology import BLANK, TITLE, Apology, sentences, written_day
from bot.office_form import TEXT, Look, blank_page, foot, head, write


def drafted(apology: Apology) -> bytes:
    """The slip as a DOCX file."""
    document = blank_page(" ".join(TITLE))
    day = f"{apology.place}, {written_day(None)}"
    head(document, parent=apology.parent, agency=apology.agency or BLANK, number="Số: ……/PXL-……", day=day)
    write(document.add_paragraph(), TITLE[0], Look(bold=True, before=18))
    write(document.add_paragraph(), TITLE[1], Look(bold=True, after=12))
    write(document.add_paragraph(), f"Kính gửi: Ông/Bà {BLANK}", Look(after=6))
    for sentence in sentences(apology):
        write(document.add_paragraph(), sentence, TEXT)
    foot(document, ("- Như trên;", "- Bộ phận Một cửa;", "- Lưu: VT."))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
