"""The scripts of bench/ can be imported, and their small pure functions do what the figures rest on."""

import gzip
import json
import random
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from aiogram.types import Update

from bot.channels.telegram.reading import Incoming, Me, read_update
from bot.channels.telegram.wording import WEBHOOK as TELEGRAM_HOOK
from bot.channels.zalo_bot.form import WEBHOOK as ZALO_BOT_HOOK
from bot.channels.zalo_bot.reading import read_event
from bot.channels.zalo_oa.form import WEBHOOK as ZALO_OA_HOOK
from bot.channels.zalo_oa.reading import Account
from bot.channels.zalo_oa.reading import read_event as read_oa_event
from bot.evaluation.labelled import Labelled
from bot.replay.lines import Line
from knowledge.catalogue import edition_number
from knowledge.procedure import CODE, Level
from knowledge.search.building import build_index
from knowledge.search.index import Entry
from knowledge.wordings import ProcedureWordings, Wordings
from portal_records import Record, detail, own, write_lines
from web_app import MovingClock, make_app

from .conftest import BENCH, Script

SCRIPTS = sorted(path.stem for path in BENCH.glob("*.py"))
TEXTS = ("dang ky khai sinh", "dang ky ket hon", "cap lai the can cuoc", "dang ky tam tru")


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_imported_and_does_nothing_then(
    script: Script, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    script(name)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["answering", "import_speed", "swap"])
def test_a_script_explains_itself(name: str) -> None:
    done = subprocess.run(
        [sys.executable, BENCH / f"{name}.py", "--help"], cwd=BENCH.parent, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(BENCH.parent), "COLUMNS": "120"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout


# Peers


@pytest.mark.parametrize("at", range(5))
def test_every_peer_finds_the_text_that_holds_the_words(script: Script, at: int) -> None:
    peer = script("peers").PEERS[at]
    if not peer.is_installed:
        pytest.skip(f"{peer.name}: {peer.package} is not installed (make bench)")
    found = peer.build(TEXTS)("can cuoc")
    assert found[0] == 2


@pytest.mark.parametrize("at", range(5))
def test_a_peer_takes_a_question_without_a_word(script: Script, at: int) -> None:
    peer = script("peers").PEERS[at]
    if not peer.is_installed:
        pytest.skip(f"{peer.name}: {peer.package} is not installed (make bench)")
    assert len(peer.build(TEXTS)("")) <= len(TEXTS)


def test_peers_see_folded_texts_only(script: Script) -> None:
    assert script("peers").folded("Đăng KÝ, khai-sinh!") == "dang ky khai sinh"


def test_a_procedure_found_by_two_texts_is_named_once(script: Script) -> None:
    peers = script("peers")
    texts = peers.texts_of([("a", "đăng ký khai sinh"), ("a", "làm khai sinh"), ("b", "đăng ký kết hôn")])
    codes = texts.searched_by(peers.PEERS[1])("khai sinh")
    assert codes[0] == "a"
    assert len(codes) == len(set(codes))


# Side by side


def test_a_run_counts_the_place_of_the_first_right_code(script: Script) -> None:
    side_by_side = script("side_by_side")
    answers = {"q1": ["x"], "q2": ["y", "x"], "q3": ["y"]}
    system = side_by_side.System("fake", lambda text: answers[text])
    questions = [Labelled(id=text, text=text, gold=("x",)) for text in answers]
    small_talk = Labelled(id="q1", text="q1", kind="chitchat")
    run = side_by_side.compare([system], [*questions, small_talk], rounds=2)["fake"]
    assert run.places == [0, 1, None] * 2
    assert (run.first, run.in_three) == (pytest.approx(100 / 3), pytest.approx(200 / 3))
    assert len(run.wall) == len(run.cpu) == 8


def test_every_system_is_asked_every_question_in_turn(script: Script) -> None:
    side_by_side = script("side_by_side")
    heard: list[tuple[str, str]] = []

    def system(name: str) -> object:
        def ask(text: str) -> list[str]:
            heard.append((name, text))
            return []

        return side_by_side.System(name, ask)

    questions = [Labelled(id=str(at), text=str(at)) for at in range(side_by_side.BLOCK + 1)]
    side_by_side.compare([system("a"), system("b")], questions, rounds=1)
    timed = heard[2 * side_by_side.BLOCK :]  # before them both were warmed up
    assert [name for name, _ in timed] == ["a"] * side_by_side.BLOCK + ["b"] * side_by_side.BLOCK + ["b", "a"]
    assert sorted(text for name, text in timed if name == "a") == sorted(text for name, text in timed if name == "b")


# Growth


def test_entries_to_measure_with_are_whole_and_of_our_own_wordings(script: Script) -> None:
    entries = script("faq_update").entries(20)
    assert [entry.code for entry in entries] == [f"faq-{number}" for number in range(1, 21)]
    assert {len(entry.text.wordings) for entry in entries} == {3}


@pytest.mark.parametrize(
    ("cpu", "held", "told", "code"),
    [(0.2, 650.0, "met", 0), (0.4, 650.0, "MISSED", 1), (0.2, 700.0, "MISSED", 1)],
    ids=["soon and small", "late", "memory grew"],
)
def test_publishing_is_judged_by_half_of_the_rounds_and_by_memory(
    script: Script, capsys: pytest.CaptureFixture[str], cpu: float, held: float, told: str, code: int
) -> None:
    update = script("faq_update")
    first = [update.Round(9.0, 9.0, memory) for memory in (500.0, 600.0, 650.0)]  # not judged: memory is made ready
    rounds = [*first, update.Round(0.5, cpu, 650.0), update.Round(8.0, 8.0, 650.0), update.Round(0.5, cpu, held)]
    assert update._print_rounds(rounds) == code
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(("share", "value"), [(0.5, 3), (0.95, 5), (0.2, 1), (0.21, 2), (1.0, 5), (0.0, 1)])
def test_so_many_of_all_pages_take_no_longer(script: Script, share: float, value: int) -> None:
    assert script("console").at_share(share, [5, 1, 4, 2, 3]) == value


def test_a_page_that_was_refused_is_told(script: Script, capsys: pytest.CaptureFixture[str]) -> None:
    console = script("console")
    well, ill = console.Page([1.0], 1.0, [2.0]), console.Page([1.0], 1.0, [2.0, float("inf")])
    assert console._print_pages({"home": well})
    assert not console._print_pages({"home": well, "audit": ill})
    told = capsys.readouterr()
    assert "audit: refused 1 times" in told.err
    assert "| home | 1 | 1 | 1 | 2 | 2 |" in told.out


def test_a_text_is_altered_in_every_fourth_word(script: Script) -> None:
    growth = script("growth")
    words = [f"w{at}" for at in range(12)]
    altered = growth.altered(" ".join(words), ["new"], random.Random(1)).split()
    changed = [at for at, (before, after) in enumerate(zip(words, altered, strict=True)) if before != after]
    assert len(changed) == 3
    assert {at % 4 for at in changed} == {changed[0]}


def test_a_grown_catalogue_has_the_size_it_was_asked_for(script: Script) -> None:
    entries = [Entry(f"1.00000{at}", f"Đăng ký việc {at}", (Level.COMMUNE,)) for at in range(4)]
    wordings = Wordings({"1.000001": ProcedureWordings("1.000001", "Làm việc", ("làm việc một", "làm việc hai"))}, ())
    grown, said = script("growth")._grow(entries, wordings, copies=3, further=5)
    assert len({entry.code for entry in grown}) == len(grown) == 12
    assert sum(len(one.wordings) for one in said.procedures.values()) == 3 * 2 + 5
    assert grown[:4] == entries


# Swapping


def test_a_crowd_asks_and_watches_until_it_is_sent_home(script: Script, tmp_path: Path) -> None:
    swap = script("swap")
    app = make_app(tmp_path, MovingClock())
    with swap.Crowd(app, ["xin chào", "đăng ký khai sinh"], askers=2) as crowd:
        heard = crowd.listen()
        while not (heard.answers and heard.held):
            time.sleep(0.001)
        later = crowd.listen()
    assert later is not heard
    assert all(0 <= held <= max(0, late) for held, late in zip(heard.held, heard.late, strict=True))
    assert all(not thread.is_alive() for thread in crowd._threads)
    app.close()


def test_one_amended_procedure_makes_the_next_edition(script: Script, tmp_path: Path) -> None:
    app = make_app(tmp_path, MovingClock())
    script("swap").publish_one(tmp_path)
    with app.database.session() as session:
        assert edition_number(session) == app.library.edition + 1
    app.close()


# Fitting


def test_the_language_models_learn_what_separates_the_classes(script: Script) -> None:
    fit_language = script("fit_language")
    signs = [{"w:tien", "w:a"}, {"w:tien"}, {"w:lau", "w:a"}, {"w:lau"}] * 5
    labels = ["fee", "fee", "time", "time"] * 5
    weights = fit_language.fit(signs, labels, ["fee", "time"], 0.0001)
    assert [int(fit_language.predict(weights, one).argmax()) for one in signs[:4]] == [0, 0, 1, 1]


def test_a_sign_met_once_teaches_nothing(script: Script) -> None:
    weights = script("fit_language").fit([{"w:a"}, {"w:a", "w:once"}], ["x", "y"], ["x", "y"], 0.0001)
    assert set(weights) == {"w:a", ""}


def test_ranking_learns_which_feature_the_right_one_has(script: Script) -> None:
    fit_ranking = script("fit_ranking")
    question = Labelled(id="q", text="t", gold=("right",))
    table = np.zeros((2, len(fit_ranking.FEATURES)))
    table[0, 3] = table[1, 5] = 1.0
    weights = fit_ranking.fit([(question, None, ("right", "wrong"), table)])
    assert weights[3] > 0 > weights[5]
    assert fit_ranking.share_first([(question, None, ("right", "wrong"), table)], weights) == 1.0
    assert fit_ranking.share_first([(question, None, ("wrong", "right"), table)], weights) == 0.0


# What is measured only on the whole catalogue


def test_a_small_catalogue_is_refused_with_the_remedy(script: Script) -> None:
    systems = script("systems")
    index = build_index([Entry("1.000001", "Đăng ký khai sinh")], Wordings({}, ()))
    with pytest.raises(systems.NotWholeError, match="publish it first"):
        systems.whole(index)


def test_a_folder_without_a_database_is_refused_with_the_remedy(script: Script, tmp_path: Path) -> None:
    systems = script("systems")
    with (
        pytest.raises(systems.NotWholeError, match="MOTCUA_DATA_DIR"),
        systems.copied_data(script("fresh").settings_for(tmp_path)),
    ):
        pytest.fail("nothing could have been copied")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_process_holds_no_more_than_its_peak(script: Script) -> None:
    memory = script("fresh").memory_now()
    assert 0 < memory.held <= memory.peak


# Targets


@pytest.mark.parametrize(
    ("reply", "scan", "met"),
    [(1.0, 30.0, [True, True, True]), (1.0, 10.0, [False, True, True]), (3.0, 90.0, [True, False, True])],
    ids=["all met", "hardly faster than a scan", "slow in the median"],
)
def test_a_reply_is_held_to_its_targets(script: Script, reply: float, scan: float, met: list[bool]) -> None:
    answering, run = script("answering"), script("side_by_side").Run
    runs = {
        answering.WHOLE: run(wall=[reply] * 9, cpu=[reply] * 9),
        answering.SCAN: run(wall=[scan] * 9, cpu=[scan] * 9),
    }
    assert [target.is_met for target in answering._reply_targets(runs)] == met


def test_the_scan_of_the_same_texts_is_what_counts_where_it_was_measured(script: Script) -> None:
    answering, run = script("answering"), script("side_by_side").Run
    runs = {
        answering.WHOLE: run(wall=[1.0], cpu=[1.0]),
        answering.SCAN: run(wall=[10.0], cpu=[10.0]),
        answering.SCAN + answering.WITH_WORDINGS: run(wall=[40.0], cpu=[40.0]),
    }
    first = next(answering._reply_targets(runs))
    assert first.is_met
    assert "40.0 times" in first.says


# Growth of imports


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    (tmp_path / "grown").mkdir()
    return write_lines(tmp_path / "details.jsonl.gz", [own(), *(detail(f"1.{at:06}") for at in range(150))])


def read_lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def test_grown_files_hold_the_records_and_altered_copies_of_them(script: Script, packed: Path, tmp_path: Path) -> None:
    grown, _ = script("import_growth").grow(packed, 12, tmp_path / "grown")
    records = read_lines(grown)
    assert records[::12] == read_lines(packed)
    assert len({record["id"] for record in records}) == len({record["code"] for record in records}) == 12 * 151
    assert all(CODE.fullmatch(record["code"]) and record["code"] == record["codeNotation"] for record in records)


def test_a_newer_file_differs_in_every_hundredth_record(script: Script, packed: Path, tmp_path: Path) -> None:
    older, newer = map(read_lines, script("import_growth").grow(packed, 2, tmp_path / "grown"))
    assert [at for at, (one, other) in enumerate(zip(older, newer, strict=True)) if one != other] == [0, 100, 200, 300]


def test_every_step_of_an_import_is_measured_in_turn(script: Script, packed: Path, tmp_path: Path) -> None:
    import_growth = script("import_growth")
    grown, newer = import_growth.grow(packed, 1, tmp_path / "grown")
    steps = [
        (import_growth.parse, grown, "151 records"),
        (import_growth.publish, grown, "Published edition 1: 151 new"),
        (import_growth.publish, grown, "Nothing to publish: already edition 1"),
        (import_growth.publish, newer, "Published edition 2: 0 new, 2 amended"),
        (import_growth.compare, grown, "2 procedures differ"),
        (import_growth.read_all, grown, "151 procedures"),
    ]
    for work, file, result in steps:
        assert import_growth.measure(work, file, tmp_path).result.startswith(result)


def test_growth_is_told_beside_the_smallest_size(script: Script) -> None:
    import_growth = script("import_growth")
    sizes = {
        copies: {name: import_growth.Measured(cpu * copies, 9.0, 100.0, "done") for name, cpu in steps}
        for copies, steps in ((1, STEPS), (10, STEPS))
    }
    lines = list(import_growth.show(sizes))
    assert lines[3] == "| 1 | first import | 5.00 | 9.00 | 2.50 | 1.0 | 100 | done |"
    assert lines[5] == "| 10 | first import | 50.00 | 9.00 | 2.50 | 10.0 | 100 | done |"


STEPS = (("parsing alone", 2.0), ("first import", 5.0))


# Channels


def test_the_updates_of_the_bench_are_those_of_the_platforms(script: Script) -> None:
    bench = script("channels")
    telegram, zalo_bot, zalo_oa = bench.HOOKS
    update = Update.model_validate(telegram.body(7, "đăng ký kết hôn"))
    read = read_update(update, Me(700, "bot"))
    assert isinstance(read, Incoming)
    assert (str(read.chat), read.text) == (telegram.chat(7), "đăng ký kết hôn")
    event = read_event(zalo_bot.body(7, "đăng ký kết hôn"), ())
    assert event is not None
    assert (event.chat, event.text) == (zalo_bot.chat(7), "đăng ký kết hôn")
    signed = read_oa_event(zalo_oa.body(7, "đăng ký kết hôn"), Account(bench.OA, []))
    assert signed is not None
    assert (signed.chat, signed.text) == (zalo_oa.chat(7), "đăng ký kết hôn")
    assert (telegram.path, zalo_bot.path, zalo_oa.path) == (TELEGRAM_HOOK, ZALO_BOT_HOOK, ZALO_OA_HOOK)


def test_a_group_said_again_keeps_its_staff_and_draws_its_citizens_anew(script: Script) -> None:
    lines = [Line(1, at, author, "chào") for at, author in enumerate(["bot_admin", "citizen_1", "citizen_2"])]
    said = list(islice(script("group_memory").said_again(lines, random.Random(1)), 60))
    assert [line.seq for line in said] == list(range(1, 61))
    assert sum(line.author == "bot_admin" for line in said) == 20
    assert len({line.author for line in said}) > 35
