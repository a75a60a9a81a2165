"""Codes from the photo or PDF of a receipt: its barcode is the bare code, its QR a link that also holds the citizen's
identity number. Only codes are taken; the picture and the link are not kept, nor logged."""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import islice

import msgspec
import pypdfium2  # type: ignore[import-untyped]  # its wheel has no types
import zxingcpp
from PIL import Image

from bot.dossiers.code import read_codes
from knowledge.dossier_code import DossierCode

MOST_BYTES = 15_000_000  # photos of new phones have 4 to 12 MB
MOST_PIXELS = 25_000_000  # of formats that unpack whole, some 100 MB; a bomb of 15 MB has a thousand times that
MOST_PIXELS_OF_JPEG = 120_000_000  # which unpack small; the largest phones take 108 million
SIDE = 3_000  # pixels: enough for a QR on a whole page, a tenth of a second to search
MOST_PAGES = 3
MOST_BARCODES = 20
MOST_CODES = 3  # of one picture; with more nobody knows which is meant
MOST_CHARACTERS = 2_000  # of a barcode; receipts have some 150
PDF = b"%PDF-"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
    pypdfium2.PdfiumError,
)  # what Pillow and pdfium raise for files that are not what they say


class Trouble(StrEnum):
    """Why no code was taken from a picture."""

    TOO_BIG = "too_big"
    NOT_READABLE = "not_readable"
    NO_BARCODE = "no_barcode"
    NO_CODE = "no_code"
    TOO_MANY = "too_many"


# What a citizen reads.
WORDS = {
    Trouble.TOO_BIG: "Tệp này quá lớn. Bạn chụp lại riêng phần mã QR trên giấy tiếp nhận giúp mình.",
    Trouble.NOT_READABLE: "Mình không mở được tệp này. Bạn gửi ảnh JPG, PNG hoặc tệp PDF của giấy tiếp nhận giúp mình.",
    Trouble.NO_BARCODE: "Mình chưa thấy mã QR hay mã vạch trong ảnh. Bạn chụp gần và rõ hơn, hoặc gõ mã hồ sơ.",
    Trouble.NO_CODE: "Mã trong ảnh không phải mã hồ sơ. Mã hồ sơ ghi trên giấy tiếp nhận.",
    Trouble.TOO_MANY: "Trong ảnh có nhiều mã hồ sơ. Bạn gửi từng giấy tiếp nhận một giúp mình.",
}


class PictureRead(msgspec.Struct, frozen=True):
    """Codes in a picture, or why there are none."""

    codes: tuple[DossierCode, ...] = ()
    trouble: Trouble | None = None


def read_picture(content: bytes, today: date) -> PictureRead:
    """The codes in an image or PDF, whatever its name says. Never raises for what a file holds."""
    if len(content) > MOST_BYTES:
        return PictureRead(trouble=Trouble.TOO_BIG)
    try:
        texts = list(_texts(content))
    except (_TooBigError, Image.DecompressionBombError):
        return PictureRead(trouble=Trouble.TOO_BIG)
    except _BROKEN:
        return PictureRead(trouble=Trouble.NOT_READABLE)
    if not texts:
        return PictureRead(trouble=Trouble.NO_BARCODE)
    codes = tuple(dict.fromkeys(code for text in texts for code in read_codes(text, today).codes))
    if len(codes) > MOST_CODES:
        return PictureRead(trouble=Trouble.TOO_MANY)
    return PictureRead(codes) if codes else PictureRead(trouble=Trouble.NO_CODE)


class _TooBigError(Exception):
    pass


def _texts(content: bytes) -> Iterator[str]:
    """What the barcodes say; of a PDF without any, what is printed on it."""
    is_pdf = content[:1024].lstrip().startswith(PDF)
    return _texts_of_pdf(content) if is_pdf else _barcodes([_opened(content)])


def _opened(content: bytes) -> Image.Image:
    """The first picture of a file in grey, made small while it is unpacked where its format can."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        most = MOST_PIXELS_OF_JPEG if picture.format == "JPEG" else MOST_PIXELS
        if picture.width * picture.height > most:
            raise _TooBigError
        picture.draft("L", (SIDE, SIDE))
        grey = _on_white(picture)
    grey.thumbnail((SIDE, SIDE))
    return grey


def _on_white(picture: Image.Image) -> Image.Image:
    """Without this the white of a transparent barcode would be black."""
    if not picture.has_transparency_data:
        return picture.convert("L")
    layers = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layers.size, "white"), layers).convert("L")


def _barcodes(pictures: Iterable[Image.Image]) -> Iterator[str]:
    found = (each for picture in pictures for each in zxingcpp.read_barcodes(picture))
    return (each.text[:MOST_CHARACTERS] for each in islice(found, MOST_BARCODES))


def _texts_of_pdf(content: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(content) as document:
        pages = [document[number] for number in range(min(len(document), MOST_PAGES))]
        barcodes = list(_barcodes(map(_drawn, pages)))
        yield from barcodes or filter(str.strip, map(_printed, pages))


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    picture: Image.Image = page.render(scale=SIDE / max(*page.get_size(), 1), grayscale=True).to_pil()
    return picture


def _printed(page: pypdfium2.PdfPage) -> str:
    return str(page.get_textpage().get_text_range())[:MOST_CHARACTERS]
