"""Reading files that may be anything."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from catalogue_import import files
from catalogue_import.files import InputError, document, lines, opened, require, walk

PACKED = gzip.compress(b'{"id": 1}\n' * 1_000)


def read_lines(path: Path) -> list[bytes]:
    return [line for _, line, _ in lines(path)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(gzip.compress(b""), "is empty", id="packed emptiness"),
        pytest.param(b"\xef\xbb\xbf \n", "is empty", id="a byte order mark and blanks"),
        pytest.param('{"id": 1}'.encode("utf-16"), "not text in UTF-8", id="UTF-16"),
        pytest.param('{"id": 1}'.encode("utf-16-le"), "not text in UTF-8", id="UTF-16 without its mark"),
        pytest.param(b"PK\x03\x04\x00\x00", "not text in UTF-8", id="a spreadsheet"),
        pytest.param(b"  <html>Request Rejected</html>", "web page", id="a web page"),
        pytest.param(gzip.compress(b"<!DOCTYPE html>"), "web page", id="a packed web page"),
        pytest.param(PACKED[: len(PACKED) // 2], "damaged or cut off", id="cut off"),
        pytest.param(PACKED[:12], "damaged or cut off", id="cut off in its head"),
        pytest.param(PACKED[:20] + b"\xff" * 20 + PACKED[40:], "damaged or cut off", id="damaged"),
        pytest.param(PACKED + b"trailing", "damaged or cut off", id="with something behind it"),
    ],
)
@pytest.mark.parametrize("read", [read_lines, document], ids=["as lines", "as a document"])
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, content: bytes, said: str, read: object) -> None:
    file = tmp_path / "details.jsonl.gz"
    file.write_bytes(content)
    with pytest.raises(InputError, match=said) as raised:
        read(file)
    assert str(file) in str(raised.value), "the message names the file"


@pytest.mark.parametrize("read", [read_lines, document], ids=["as lines", "as a document"])
@pytest.mark.parametrize(
    "unpacked",
    [b"0" * (40 << 20), b'{"id": 1}\n' * (4 << 20)],
    ids=["one endless line", "endless lines"],
)
def test_a_bomb_is_noticed_before_it_fills_the_memory(tmp_path: Path, unpacked: bytes, read: object) -> None:
    file = tmp_path / "bomb.jsonl.gz"
    file.write_bytes(gzip.compress(unpacked))
    with pytest.raises(InputError, match="size that no catalogue has"):
        read(file)


def test_a_record_longer_than_any_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_RECORD", 100)
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"x" * 101)
    with pytest.raises(InputError, match="size that no catalogue has"):
        read_lines(file)


def test_ordinary_packing_is_no_bomb(tmp_path: Path) -> None:
    """The real file shrinks by ten; text of a hundred lines alike by more, but it is short."""
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(PACKED)
    assert len(read_lines(file)) == 1_000


def test_several_packed_parts_in_one_file_are_one(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(PACKED + PACKED)
    assert len(read_lines(file)) == 2_000


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": 1}\n{"id": 2}\n')
    reading = lines(file)
    next(reading)
    with file.open("a") as more:
        more.write('{"id": 3}\n')
    with pytest.raises(InputError, match="changed while it was being read"):
        list(reading)


def test_a_file_that_is_replaced_while_it_is_read_is_refused(tmp_path: Path) -> None:
    file, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    file.write_text('{"id": 1}\n')
    other.write_text('{"id": 2}\n')
    with pytest.raises(InputError, match="changed"), opened(file):
        other.replace(file)


@pytest.mark.parametrize("name", ["nothing.json", "a\x00b.json", "x" * 5_000])
def test_a_name_that_leads_nowhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot read"):
        require(tmp_path / name)


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "b.json")
    (tmp_path / "b.json").symlink_to(tmp_path / "a.json")
    with pytest.raises(InputError, match="links lead somewhere"):
        require(tmp_path / "a.json")


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    with pytest.raises(InputError, match="neither a file nor a folder"):
        document(tmp_path / "a.json")


def test_a_folder_is_walked_in_order_and_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "circle").symlink_to(tmp_path)
    for name in ("z.json", "b/c.json", "a.json", ".hidden"):
        (tmp_path / name).write_text("{}")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.json").write_text("{}")
    assert [found.path.relative_to(tmp_path).as_posix() for found in walk(tmp_path)] == ["a.json", "z.json", "b/c.json"]


def test_a_dangling_link_in_a_folder_is_still_listed(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "nothing")
    assert [(found.path.name, found.size) for found in walk(tmp_path)] == [("a.json", 0)]


def test_somebodys_whole_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILES", 2)
    for number in range(3):
        (tmp_path / f"{number}.json").write_text("{}")
    with pytest.raises(InputError, match="more than 2 files"):
        walk(tmp_path)


NOBODY = 65534
READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from catalogue_import.files import InputError, document, walk
os.setuid(int(sys.argv[2]))
for read in (document, walk):
    try:
        read(Path(sys.argv[1]))
    except InputError as error:
        print(error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not read")
def test_no_permission_is_said_with_the_remedy(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o700)
    run = subprocess.run(
        [sys.executable, "-c", READ_AS_NOBODY, str(locked), str(NOBODY)], capture_output=True, text=True, check=True
    )
    assert run.stdout.count("Permission denied") == 2
    assert run.stdout.count("Check the name, the permissions") == 2
