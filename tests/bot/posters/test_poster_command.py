"""`motcua posters` as staff type it, and what scanning its codes opens."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from fastapi.testclient import TestClient
from msgspec.structs import replace
from typer.testing import CliRunner

from bot.__main__ import app
from bot.app import App, build_app
from bot.posters.choice import is_for_communes
from bot.settings import Settings
from bot.web import build_web
from knowledge.catalogue import procedures_on, publish
from knowledge.changeset import ChangeSet
from knowledge.patches import Patch, PatchStatus
from knowledge.procedure import Decision, Level, Procedure
from sample_procedures import CATALOGUE, amended, make_procedure
from web_app import BARE, RICH, RICH_PROCEDURE, MovingClock, make_app

BASE = "https://hoidap.example.gov.vn"
Run = Callable[..., Any]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder made once; each test gets a copy."""
    folder = tmp_path_factory.mktemp("posters")
    make_app(folder, MovingClock()).close()
    return folder


@pytest.fixture
def data(published: Path, tmp_path: Path) -> Path:
    return copytree(published, tmp_path / "data")


@pytest.fixture
def built(data: Path) -> Iterator[App]:
    made = build_app(Settings(data_dir=data, database_url="", secret="for tests only"), MovingClock())
    yield made
    made.close()


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MOTCUA_{name.upper()}", raising=False)
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(data))
    monkeypatch.setenv("MOTCUA_PUBLIC_URL", BASE)
    return lambda *words: CliRunner().invoke(app, ["posters", *map(str, words)])


def scanned(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=1.5).to_pil() for page in document]
    return [code.text for each in pictures for code in zxingcpp.read_barcodes(each)]


def text_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def end(built: App, *patches: Patch) -> None:
    with built.database.session() as session:
        publish(session, ChangeSet(patches=patches), CATALOGUE, now=built.clock())


def ending(status: PatchStatus, **changes: Any) -> Patch:
    decision = Decision(number="9003/QĐ-UBND", day=date(2026, 10, 1))
    return Patch(**{"code": RICH, "status": status, "effective": date(2026, 10, 2), "decision": decision, **changes})


def test_one_poster_in_a_file(run: Run, tmp_path: Path) -> None:
    done = run(RICH, "--commune", "Vĩnh Bảo", "--pdf", tmp_path / "p.pdf")
    assert (done.exit_code, done.stdout) == (0, f"1 posters on 1 pages: {tmp_path / 'p.pdf'}\n")
    assert scanned(tmp_path / "p.pdf") == [f"{BASE}/tthc/{RICH}"]
    assert "Xã Vĩnh Bảo" in text_of(tmp_path / "p.pdf")
    assert "nuôi <rồng> & phượng" in text_of(tmp_path / "p.pdf"), "signs of markup are letters on paper"


def test_a_scanned_poster_opens_todays_record_also_after_a_change(run: Run, built: App, tmp_path: Path) -> None:
    run(RICH, "--pdf", tmp_path / "p.pdf")
    (link,) = scanned(tmp_path / "p.pdf")
    client = TestClient(build_web(built))
    assert client.get(link.removeprefix(BASE)).status_code == 200
    later = replace(RICH_PROCEDURE, conditions="Từ nay phải có hồ nước.")
    with built.database.session() as session:
        publish(session, amended(later), CATALOGUE, now=built.clock())
    assert "Từ nay phải có hồ nước." in client.get(link.removeprefix(BASE)).text


def test_pictures_are_named_by_their_codes(run: Run, tmp_path: Path) -> None:
    done = run(RICH, BARE, "--png", tmp_path / "png", "--dpi", "72")
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "png").iterdir()) == [f"{RICH}.png", f"{BARE}.png"]


def test_a_field_is_found_as_citizens_type(run: Run, tmp_path: Path) -> None:
    done = run("--field", "nuoi rong", "--cards", "--paper", "a3", "--pdf", tmp_path / "p.pdf")
    assert done.exit_code == 0
    assert scanned(tmp_path / "p.pdf") == [f"{BASE}/tthc/{RICH}", f"{BASE}/tthc/{BARE}"]


def test_all_of_a_commune_are_those_that_its_offices_handle(run: Run, built: App, tmp_path: Path) -> None:
    with built.database.session() as session:
        expected = {each.code for each in procedures_on(session, date(2026, 11, 22)) if is_for_communes(each)}
    assert RICH in expected
    assert BARE not in expected
    done = run("--all", "--cards", "--paper", "A3", "--pdf", tmp_path / "p.pdf")
    assert f"{len(expected)} posters" in done.stdout


@pytest.mark.parametrize(
    ("procedure", "is_theirs"),
    [
        (make_procedure(executing=("Ủy ban nhân dân cấp xã",)), True),
        (make_procedure(executing=("Uỷ ban Nhân dân xã, phường, thị trấn.",)), True),
        (make_procedure(competent=("Công an cấp Xã",)), True),
        (make_procedure(executing=("Chi cục Hải quan khu vực",)), False),
        (make_procedure(executing=("Bảo hiểm xã hội cơ sở",)), False),
        (make_procedure(executing=("Ủy ban nhân dân cấp xã",), levels=(Level.PROVINCE,)), False),
    ],
    ids=["committee", "old spelling", "police", "customs", "social insurance", "another level"],
)
def test_the_level_alone_does_not_make_it_the_communes(procedure: Procedure, is_theirs: bool) -> None:
    assert is_for_communes(procedure) is is_theirs


def test_the_portals_own_links_need_no_address_of_ours(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOTCUA_PUBLIC_URL")
    done = run(RICH, "--portal", "--pdf", tmp_path / "p.pdf")
    assert done.exit_code == 0
    assert scanned(tmp_path / "p.pdf") == [RICH_PROCEDURE.listing_link]


def test_of_a_repealed_procedure_no_poster_is_printed(run: Run, built: App, tmp_path: Path) -> None:
    end(built, ending(PatchStatus.REPEALED))
    done = run(RICH, "--pdf", tmp_path / "p.pdf")
    assert (done.exit_code, "ended on 02/10/2026 by decision 9003/QĐ-UBND" in done.stderr) == (1, True)
    assert not (tmp_path / "p.pdf").exists()
    assert run("--field", "nuôi rồng", "--pdf", tmp_path / "p.pdf").stdout.startswith("1 posters")


def test_of_a_replaced_procedure_the_successor_is_named(run: Run, built: App, tmp_path: Path) -> None:
    end(built, ending(PatchStatus.REPLACED, successor=BARE))
    assert f"print {BARE} instead" in run(RICH, "--pdf", tmp_path / "p.pdf").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--pdf", "p.pdf"), "name what to print"),
        ((RICH, "--all", "--pdf", "p.pdf"), "name what to print"),
        ((RICH,), "say where to"),
        ((RICH, "--paper", "A5", "--pdf", "p.pdf"), "no paper 'A5'; there are A4, A3"),
        ((RICH, "--commune", "Atlantis", "--pdf", "p.pdf"), "does not name one commune"),
        ((RICH, "--commune", "99999", "--pdf", "p.pdf"), "does not name one commune"),
        (("1.999999", "--pdf", "p.pdf"), "no procedure '1.999999'"),
        (("--field", "nuoi rongg", "--pdf", "p.pdf"), "Nearest: Nuôi rồng"),
        ((RICH, "--pdf", "nowhere/p.pdf"), "cannot write in nowhere"),
    ],
    ids=["nothing", "two things", "nowhere to", "paper", "commune", "commune code", "code", "field", "folder"],
)
def test_what_cannot_be_printed_is_refused_with_the_remedy(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert not (tmp_path / "p.pdf").exists()


def test_without_a_public_address_the_setting_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOTCUA_PUBLIC_URL")
    done = run(RICH, "--pdf", tmp_path / "p.pdf")
    assert (done.exit_code, "MOTCUA_PUBLIC_URL" in done.stderr) == (1, True)


def test_the_edition_on_the_poster_is_the_current_one(run: Run, built: App, tmp_path: Path) -> None:
    run(RICH, "--pdf", tmp_path / "p.pdf")
    edition = json.loads(TestClient(build_web(built)).get("/health").text)["edition"]
    assert f"ấn bản {edition}" in text_of(tmp_path / "p.pdf")
