"""What merged areas cover is told from the file itself, however it is written, before anything opens it."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from knowledge.workbook_merges import BLOCK, MOST_MERGED, merged_cells

ALL = 1_048_576 * 16_384


def package(**parts: str) -> zipfile.ZipFile:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return zipfile.ZipFile(held)


def sheet(*merges: str) -> zipfile.ZipFile:
    return package(xl__worksheets__sheet1_xml="<worksheet>" + "".join(merges) + "</worksheet>")


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ('<mergeCell ref="A1:B2"/>', 4),
        ("<mergeCell ref='A1:B2'/>", 4),
        ('<x:mergeCell  ref = "A1:A3" />', 3),
        ('<mergeCell xmlns="y" ref="D2:D2"></mergeCell>', 1),
        ('<mergeCell ref="F1:F1048576"/>', 1_048_576),
        ('<mergeCell ref="A1:XFD1"/>', 16_384),
        ('<mergeCell ref="A1:XFD1048576"/>', ALL),
        ('<mergeCell ref="B2:A1"/>', 0),
        ('<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>', 2),
        ("<c r='A1'/>", 0),
    ],
)
def test_each_way_of_writing_it_is_counted(written: str, cells: int) -> None:
    assert merged_cells(sheet(written)) == cells


def test_all_sheets_count_together_and_nothing_else_does() -> None:
    merge = '<mergeCell ref="A1:A10"/>'
    parts = {"xl__worksheets__a_xml": merge, "xl__worksheets__b_xml": merge * 2, "docProps__app_xml": merge}
    assert merged_cells(package(**parts)) == 30


def test_the_library_s_own_files_are_understood() -> None:
    workbook, held = Workbook(), BytesIO()
    workbook.active.merge_cells("B2:C4")
    workbook.active.merged_cells.add("E1:E1048576")
    workbook.save(held)
    with zipfile.ZipFile(held) as parts:
        assert merged_cells(parts) == 6 + 1_048_576 > MOST_MERGED


@pytest.mark.parametrize("before", range(BLOCK - 34, BLOCK + 2, 3))
def test_nothing_hides_at_a_border_nor_is_counted_twice(before: int) -> None:
    merge = '<mergeCell ref="A1:B2"/>'
    assert merged_cells(package(xl__s_xml=" " * before + merge + " " * 50 + merge)) == 8


@given(st.lists(st.tuples(*[st.integers(1, 999)] * 4), max_size=5))
def test_areas_add_up(areas: list[tuple[int, int, int, int]]) -> None:
    merges = [f'<mergeCell ref="A{top}:C{top + high - 1}"/>' for top, high, _, _ in areas]
    assert merged_cells(sheet(*merges)) == sum(3 * high for _, high, _, _ in areas)
