"""Of a receipt's picture only the code is taken; a file that is no picture, or too much of one, is told in words."""

import io
import struct
import zlib
from datetime import date
from pathlib import Path

import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from bot.__main__ import app
from bot.dossiers.pictures import MOST_BYTES, WORDS, PictureRead, Trouble, read_picture

TODAY = date(2026, 11, 22)
CODE = "H24.18-250704-0012"
LINK = f"https://mau.example.invalid/tra-cuu?SoDinhDanh=000000000012&MaHoSo={CODE}"


def qr(text: str, kind: str = "PNG", mode: str = "RGB", scale: int = 6) -> bytes:
    out = io.BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=scale)
    return saved(Image.open(out).convert(mode), kind)


def barcode(text: str) -> bytes:
    written = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    return saved(Image.fromarray(zxingcpp.write_barcode_to_image(written, scale=3)).convert("L"), "PNG")


def saved(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def beside(*pictures: bytes) -> bytes:
    opened = [Image.open(io.BytesIO(each)).convert("RGB") for each in pictures]
    sheet = Image.new("RGB", (sum(each.width + 60 for each in opened), max(each.height for each in opened)), "white")
    at = 0
    for each in opened:
        sheet.paste(each, (at, 0))
        at += each.width + 60
    return saved(sheet, "PNG")


def codes(content: bytes) -> list[str]:
    return [code.canonical for code in read_picture(content, TODAY).codes]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(qr(CODE), id="a QR with the bare code"),
        pytest.param(qr(LINK), id="a QR with the receipt's link"),
        pytest.param(qr(LINK, "JPEG"), id="JPEG"),
        pytest.param(qr(LINK, "WEBP"), id="WebP"),
        pytest.param(qr(LINK, "GIF", "P"), id="GIF with a palette"),
        pytest.param(qr(LINK, "TIFF", "1"), id="TIFF in black and white"),
        pytest.param(qr(LINK, "PNG", "RGBA"), id="with transparency"),
        pytest.param(qr(LINK, "PDF", "L"), id="PDF of a scan"),
        pytest.param(barcode(CODE), id="the barcode"),
        pytest.param(beside(barcode(CODE), qr(LINK)), id="both on one receipt"),
    ],
)
def test_the_code_of_a_receipt_is_read(content: bytes) -> None:
    assert codes(content) == [CODE]


def test_a_photo_of_many_pixels_is_read() -> None:
    photo = Image.new("RGB", (6_000, 4_000), "white")
    photo.paste(Image.open(io.BytesIO(qr(LINK, scale=20))), (700, 900))
    assert codes(saved(photo, "JPEG")) == [CODE]


def test_a_tilted_grey_photo_is_read() -> None:
    tilted = Image.open(io.BytesIO(qr(LINK, scale=8))).convert("L").rotate(12, expand=True, fillcolor=255)
    assert codes(saved(tilted.point(lambda grey: 60 + grey // 2), "JPEG")) == [CODE]


def text_pdf(text: str) -> bytes:
    """The smallest PDF that prints a line."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return (
        b"%PDF-1.4\n"
        + b"".join(b"%d 0 obj%s endobj\n" % (at, each) for at, each in enumerate(objects, 1))
        + (b"trailer<</Root 1 0 R>>\n%%EOF")
    )


def test_of_a_pdf_without_barcodes_the_print_is_read() -> None:
    assert codes(text_pdf(f"Ma ho so: {CODE}")) == [CODE]


def png_of(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1_000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        pytest.param(b"", Trouble.NOT_READABLE, id="nothing"),
        pytest.param(b"H24.18-250704-0012", Trouble.NOT_READABLE, id="a text"),
        pytest.param(qr(LINK)[:200], Trouble.NOT_READABLE, id="half a PNG"),
        pytest.param(qr(LINK, "JPEG")[:400], Trouble.NOT_READABLE, id="half a JPEG"),
        pytest.param(b"%PDF-1.7\nbroken", Trouble.NOT_READABLE, id="a broken PDF"),
        pytest.param(b"%PDF-1.7" + bytes(MOST_BYTES), Trouble.TOO_BIG, id="too many bytes"),
        pytest.param(png_of(60_000, 60_000), Trouble.TOO_BIG, id="a bomb"),
        pytest.param(png_of(8_000, 8_000), Trouble.TOO_BIG, id="too many pixels"),
        pytest.param(saved(Image.new("L", (300, 300), "white"), "PNG"), Trouble.NO_BARCODE, id="a white page"),
        pytest.param(qr("000000000012|000000012|Mẫu|01011990"), Trouble.NO_CODE, id="the QR of an identity card"),
        pytest.param(qr("https://mau.invalid/?id=65f0a1b2"), Trouble.NO_CODE, id="a link without a code"),
        pytest.param(qr("H24.18-250230-0012"), Trouble.NO_CODE, id="an impossible day"),
        pytest.param(
            beside(*(qr(f"H24.18-250704-00{number}") for number in range(10, 16))), Trouble.TOO_MANY, id="many codes"
        ),
    ],
)
def test_a_picture_without_one_clear_code_is_told_why(content: bytes, trouble: Trouble) -> None:
    assert read_picture(content, TODAY) == PictureRead(trouble=trouble)


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_words_for_citizens(trouble: Trouble) -> None:
    assert WORDS[trouble].endswith(".")


@settings(max_examples=40)
@given(st.integers(0, 600), st.binary(min_size=1, max_size=20))
def test_damaged_files_never_raise(at: int, damage: bytes) -> None:
    for content in (qr(CODE), qr(CODE, "JPEG"), text_pdf(CODE)):
        read_picture(content[:at] + damage + content[at + len(damage) :], TODAY)


def test_the_command_shows_the_code_and_nothing_else_of_the_receipt(tmp_path: Path) -> None:
    receipt, other = tmp_path / "receipt.png", tmp_path / "other.txt"
    receipt.write_bytes(qr(LINK))
    other.write_text("x", "utf-8")
    ended = CliRunner().invoke(app, ["dossiers", "read-picture", str(receipt), str(other), "--today", "2026-11-22"])
    assert ended.exit_code == 0
    assert CODE in ended.stdout
    assert "000000000012" not in ended.output
    assert "not_readable" in ended.stdout
