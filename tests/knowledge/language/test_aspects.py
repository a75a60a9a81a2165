"""Which aspect is asked for: by phrase, by position, by the fitted model; total on any text."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.aspects import asking_in, asking_positions, aspect_signs, find_aspect, phrases_in
from knowledge.language.normalise import normalise
from knowledge.procedure import Aspect

DATA = tomllib.loads(files("knowledge.language.data").joinpath("aspects.toml").read_text("utf-8"))
WORDS = st.lists(
    st.sampled_from("bao nhieu tien lau o dau can giay to gi khai sinh mau nao 5 ct01".split()), max_size=30
)


def folded(text: str) -> tuple[str, ...]:
    return normalise(text).folded


@pytest.mark.parametrize(
    ("message", "aspect"),
    [
        pytest.param("làm khai sinh hết bao nhiêu tiền", Aspect.FEE, id="money"),
        pytest.param("lam khai sinh het bn tien", Aspect.FEE, id="money in short forms without marks"),
        pytest.param("khai sinh bao lâu thì xong", Aspect.TIME, id="how long"),
        pytest.param("đăng ký tạm trú nộp ở đâu", Aspect.PLACE, id="where"),
        pytest.param("khai sinh cần giấy tờ gì", Aspect.DOCUMENTS, id="which papers"),
        pytest.param("mẫu tờ khai nào", Aspect.FORM, id="which form"),
        pytest.param("ai được đi nộp hộ", Aspect.WHO, id="who may file"),
        pytest.param("nộp qua mạng được không", Aspect.ONLINE, id="on the net"),
        pytest.param("các bước thế nào", Aspect.STEPS, id="the steps"),
        pytest.param("điều kiện gì để được", Aspect.CONDITIONS, id="who qualifies"),
        pytest.param("tôi muốn đăng ký kết hôn", Aspect.GENERAL, id="only a wish"),
        pytest.param("", Aspect.GENERAL, id="nothing at all"),
    ],
)
def test_the_aspect_is_what_is_asked_for(message: str, aspect: Aspect) -> None:
    assert find_aspect(folded(message)).aspect is aspect


def test_marks_make_no_difference_to_the_aspect() -> None:
    marked, bare = (
        find_aspect(folded("cấp lại căn cước mất bao lâu")),
        find_aspect(folded("cap lai can cuoc mat bao lau")),
    )
    assert marked == bare


def test_all_aspects_asked_are_kept_in_the_order_of_the_message() -> None:
    asked = find_aspect(folded("mất bao nhiêu tiền và mất bao lâu"))
    assert asked.all == (Aspect.FEE, Aspect.TIME)
    assert find_aspect(folded("mất bao lâu và mất bao nhiêu tiền")).all == (Aspect.TIME, Aspect.FEE)


def test_an_aspect_asked_twice_is_named_once() -> None:
    assert find_aspect(folded("bao nhiêu tiền, lệ phí bao nhiêu tiền")).all == (Aspect.FEE,)


def test_the_words_that_ask_are_told_from_the_subject() -> None:
    words = folded("làm khai sinh hết bao nhiêu tiền")
    asking = {words[at] for at in find_aspect(words).asking}
    assert asking == {"het", "bao", "nhieu", "tien"}


def test_phrases_may_overlap() -> None:
    assert phrases_in("mat bao nhieu tien".split()) == [
        (0, "fee", "mat bao nhieu"),
        (1, "fee", "bao nhieu tien"),
        (2, "fee", "nhieu tien"),
    ]


@pytest.mark.parametrize("line", ["bao nhieux tien", "xbao lau", "obao laux"])
def test_a_phrase_is_found_only_as_whole_words(line: str) -> None:
    assert phrases_in(line.split()) == []


def test_of_phrases_that_begin_alike_the_longest_is_found() -> None:
    assert phrases_in("hoi bao nhieu tien".split()) == [(1, "fee", "bao nhieu tien"), (2, "fee", "nhieu tien")]


def test_signs_of_a_message_hold_its_words_and_what_asks() -> None:
    words = "khai sinh bao lau".split()
    signs = aspect_signs(words, phrases_in(words))
    assert {"w:khai", "w:khai sinh", "asks:time", "asks by:bao lau", "asks first:time"} <= set(signs)


@given(WORDS)
def test_what_asks_in_a_message_is_the_same_whoever_reads_it(words: list[str]) -> None:
    found = phrases_in(words)
    assert asking_in(tuple(words)) == (tuple(found), frozenset(aspect_signs(words, found)))
    assert asking_positions(words) == find_aspect(words).asking


@pytest.mark.parametrize("aspect", DATA)
def test_every_phrase_of_the_data_is_found_by_itself_under_its_aspect(aspect: str) -> None:
    for phrase in DATA[aspect]["phrases"]:
        assert (0, aspect, phrase) in phrases_in(phrase.split())


@given(st.text(max_size=120))
def test_any_text_has_an_aspect_and_positions_within_it(text: str) -> None:
    words = folded(text)
    asked = find_aspect(words)
    assert asked.aspect in Aspect
    assert all(0 <= at < len(words) for at in asked.asking)


@given(WORDS)
def test_what_asks_is_found_where_it_stands(words: list[str]) -> None:
    for at, _, phrase in phrases_in(words):
        assert " ".join(words[at : at + phrase.count(" ") + 1]) == phrase


@given(WORDS)
def test_positions_that_ask_are_exactly_those_of_the_phrases(words: list[str]) -> None:
    covered = {place for at, _, phrase in phrases_in(words) for place in range(at, at + len(phrase.split()))}
    assert find_aspect(words).asking == covered
