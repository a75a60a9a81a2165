"""Everything asked for in one message: each aspect in so many words, in order, and never one that only sounds asked."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.asks import AskedInWords, asked_in_words, load_asks
from knowledge.language.aspects import find_aspect
from knowledge.language.normalise import normalise
from knowledge.language.syllables import fold
from knowledge.procedure import Aspect

FEE, TIME, PLACE, PAPERS, STEPS = Aspect.FEE, Aspect.TIME, Aspect.PLACE, Aspect.DOCUMENTS, Aspect.STEPS
CONDITIONS, FORM, ONLINE, WHO, RESULT = Aspect.CONDITIONS, Aspect.FORM, Aspect.ONLINE, Aspect.WHO, Aspect.RESULT


def asked(text: str) -> AskedInWords:
    read = normalise(text)
    return asked_in_words(read.folded, read.clauses, find_aspect(read.folded).aspect)


SEVERAL: tuple[tuple[str, tuple[Aspect, ...]], ...] = (
    ("làm khai sinh ở đâu, hết bao nhiêu tiền", (PLACE, FEE)),
    ("cần giấy tờ gì và mấy ngày thì xong ạ", (PAPERS, TIME)),
    ("gia hạn tạm trú mất bao lâu? phí thế nào?", (TIME, FEE)),
    ("làm căn cước hết bn tiền, mấy ngày có", (FEE, TIME)),
    ("lm hộ chiếu cần j, bn tiền ạ", (PAPERS, FEE)),
    ("đki kết hôn cần giấy tờ j, nộp ở đâu v ad", (PAPERS, PLACE)),
    ("cap lai bang lai xe can gi, phi bao nhieu, bao lau co", (PAPERS, FEE, TIME)),
    ("xin giấy phép xây dựng mất bao lâu và lệ phí bao nhiêu", (TIME, FEE)),
    ("đăng ký tạm trú cần những giấy tờ gì? nộp ở đâu? mất mấy ngày?", (PAPERS, PLACE, TIME)),
    ("mất mấy ngày và phải nộp bao nhiêu", (TIME, FEE)),
    ("nộp qua mạng được không, mất bao nhiêu tiền", (ONLINE, FEE)),
    ("nop online dc k, bao lau co kq", (ONLINE, TIME)),
    ("ai được đi nộp và cần mang gì", (WHO, PAPERS)),
    ("nhờ chồng đi làm được không, cần giấy tờ gì", (WHO, PAPERS)),
    ("điều kiện gì và hồ sơ gồm những gì", (CONDITIONS, PAPERS)),
    ("mẫu đơn lấy ở đâu, nộp ở đâu", (FORM, PLACE)),
    ("tách thửa hết bao nhiêu tiền và bao giờ xong", (FEE, TIME)),
    ("đổi bằng lái ở đâu, cần mang theo những gì, bao nhiêu tiền", (PLACE, PAPERS, FEE)),
    ("có mất phí không và bao lâu thì có", (FEE, TIME)),
    ("lệ phí bao nhiêu, nộp chỗ nào ạ", (FEE, PLACE)),
    ("muốn sang tên xe máy thì làm thế nào, hết bao nhiêu", (STEPS, FEE)),
    ("khai tử cần giấy tờ gì với lại làm ở đâu", (PAPERS, PLACE)),
    ("giấy xác nhận có giá trị bao lâu và mấy ngày thì lấy được", (RESULT, TIME)),
    ("ở đâu và mấy ngày", (PLACE, TIME)),
    ("bao nhiêu tiền với bao lâu ạ", (FEE, TIME)),
    ("làm lại đăng ký xe ở đâu vậy cần mang theo gì", (PLACE, PAPERS)),
    ("mẹ em 75 tuổi xin trợ cấp nộp ở đâu cần gì", (PLACE, PAPERS)),
    ("khai sinh cho bé thủ tục thế nào, bao lâu có giấy", (STEPS, TIME)),
    ("nhập khẩu cho con làm ở đâu, có mất tiền không", (PLACE, FEE)),
    ("tối nay em hỏi tí: cần chuẩn bị gì, nộp chỗ nào, có mất phí ko", (PAPERS, PLACE, FEE)),
    # names of aspects, listed or closed by one word
    ("thế phí và thời gian thì sao", (FEE, TIME)),
    ("the phi voi thoi gian the nao", (FEE, TIME)),
    ("còn thời gian với chi phí thì sao ạ", (TIME, FEE)),
    ("thế giấy tờ với lệ phí thì sao", (PAPERS, FEE)),
    ("cho em hỏi lệ phí và thời gian làm hộ chiếu ạ", (FEE, TIME)),
    ("cho hỏi hồ sơ, lệ phí, thời gian giải quyết cấp đổi sổ đỏ", (PAPERS, FEE, TIME)),
    ("xin hỏi nơi nộp và thời gian giải quyết", (PLACE, TIME)),
    ("giấy tờ cần gì, lệ phí, thời gian", (PAPERS, FEE, TIME)),
    ("thủ tục và lệ phí đăng ký kết hôn thế nào ạ", (STEPS, FEE)),
    ("thời gian giải quyết bao lâu và lệ phí là bao nhiêu?", (TIME, FEE)),
)

SINGLE = (
    "làm khai sinh hết bao nhiêu tiền",
    "bao nhiêu tiền, lệ phí bao nhiêu ạ",
    "hồ sơ nộp ở đâu",
    "lệ phí nộp ở đâu",
    "nộp hồ sơ và lệ phí ở đâu",
    "nộp hồ sơ thế nào",
    # the way of filing is a condition
    "nộp online mất bao nhiêu tiền",
    "làm online có mất phí không",
    "làm trên VNeID mấy ngày có",
    "nhờ chồng đi nộp hộ cần giấy tờ gì",
    # what is told of oneself
    "em chưa có giấy tờ gì thì làm khai sinh mất bao lâu",
    "giấy tờ gì cũng mất hết, làm lại khai sinh thế nào",
    "đất không giấy tờ gì, làm sổ đỏ hết bao nhiêu",
    "con em sinh được mấy tháng rồi giờ làm khai sinh ở đâu",
    "em nộp mấy ngày nay rồi mà chưa thấy gì, bao giờ có",
    "sinh ở đâu thì khai ở đó hả ad, mất bao nhiêu tiền",
    "em không có hộ khẩu ở đâu cả, làm căn cước thế nào",
    "em không đi đâu được, nộp qua mạng được không",
    "đã nộp hồ sơ và lệ phí rồi, bao giờ có kết quả",
    "nộp ở đâu cũng được, mất bao nhiêu tiền ạ",
    "hết bao nhiêu tiền cũng được, mấy ngày thì xong",
    "em ở trọ được mấy tháng, đăng ký tạm trú ở đâu",
    "xin hộ khẩu ở đâu, em có đủ hồ sơ hết rồi",
    "em nghỉ mấy ngày, giờ đăng ký tạm trú ở đâu",
    "tôi chưa làm bao giờ, xin giấy phép ở đâu",
    # deadlines, ages, fines, amounts to be had are no aspect that we would tell beside another
    "gia hạn trước bao nhiêu ngày, làm ở đâu",
    "sinh bao nhiêu ngày thì phải khai sinh, làm ở đâu",
    "cháu bao nhiêu tuổi thì được làm căn cước, làm ở đâu",
    "quá hạn bị phạt bao nhiêu tiền, nộp ở đâu",
    "mai táng phí được bao nhiêu tiền, nộp ở đâu",
    "xin hỗ trợ chi phí mai táng cần giấy tờ gì",
    "xin luật sư miễn phí ở đâu",
    "học phí đắt quá, xin hộ nghèo cần giấy tờ gì",
    # one thing said twice, or a part of the other
    "tờ khai là mẫu gì, tải ở đâu",
    "xong thì được cấp giấy gì, dùng được trong bao lâu",
    "đơn viết thế nào, theo mẫu nào",
    "hồ sơ thủ tục gồm những gì, cần giấy tờ gì",
    "xin giấy nào, cần giấy tờ gì",
    "có ai làm rồi cho em hỏi mẫu nào ạ",
)


@pytest.mark.parametrize(("text", "aspects"), SEVERAL, ids=[text for text, _ in SEVERAL])
def test_several_aspects_are_heard_in_the_order_of_asking(text: str, aspects: tuple[Aspect, ...]) -> None:
    assert asked(text).aspects == aspects


@pytest.mark.parametrize("text", [text for text, _ in SEVERAL if not text.isascii()])
def test_without_marks_the_same_is_heard(text: str) -> None:
    assert set(asked(fold(text)).aspects) == set(asked(text).aspects)


@pytest.mark.parametrize("text", SINGLE)
def test_a_condition_or_a_story_is_no_second_aspect(text: str) -> None:
    assert not asked(text).are_several


@pytest.mark.parametrize("text", SINGLE)
def test_nor_is_it_without_marks(text: str) -> None:
    assert not asked(fold(text)).are_several


def test_the_likeliest_aspect_is_told_even_where_no_phrase_says_it_in_so_many_words() -> None:
    words, clauses = "lam ho nay nop o dau can giay to gi".split(), (10,)
    assert asked_in_words(words, clauses, WHO).aspects == (WHO, PLACE, PAPERS)
    assert asked_in_words(words, clauses, Aspect.GENERAL).aspects == (PLACE, PAPERS)


def test_but_not_where_it_was_taken_from_the_word_that_closes_another() -> None:
    words = "giay to va le phi the nao".split()
    assert asked_in_words(words, (7,), STEPS).aspects == (PAPERS, FEE)


def test_a_question_of_whether_counts_where_the_model_takes_it_for_conditions() -> None:
    words = "15 tuoi lam duoc khong can giay to gi".split()
    assert asked_in_words(words, (5, 9), CONDITIONS).aspects == (CONDITIONS, PAPERS)
    assert asked_in_words(words, (5, 9), PAPERS).aspects == (PAPERS,)


def test_words_that_ask_are_told_from_the_others() -> None:
    read = normalise("thế phí và thời gian thì sao")
    heard = asked("thế phí và thời gian thì sao").asking
    assert {read.folded[at] for at in heard} == {"phi", "thoi", "gian", "thi", "sao"}


@pytest.mark.parametrize("joined", [", ", " và ", "? ", " với ", "\n"])
@pytest.mark.parametrize("one", ["hết bao nhiêu tiền", "nộp ở đâu", "cần giấy tờ gì", "bao lâu thì xong"])
@pytest.mark.parametrize("other", ["mấy ngày có", "có mất phí không", "cần mang theo gì", "làm chỗ nào"])
def test_the_order_of_asking_is_kept_however_they_are_joined(one: str, other: str, joined: str) -> None:
    (first,), (second,) = asked(one).aspects, asked(other).aspects
    together = asked(f"làm căn cước {one}{joined}{other}").aspects
    assert together == ((first, second) if first is not second else (first,))


def test_every_part_of_the_data_is_an_aspect_and_every_phrase_is_folded() -> None:
    data = tomllib.loads(files("knowledge.language.data").joinpath("asks.toml").read_text("utf-8"))
    assert set(data) - {"words", "closing", "nothing", "either"} <= set(Aspect)
    assert all(phrase == fold(phrase) and phrase == " ".join(phrase.split()) for phrase in load_asks())


@given(st.text(max_size=200))
def test_any_text_is_read_and_what_asks_stands_in_it(text: str) -> None:
    read = normalise(text)
    heard = asked(text)
    assert all(0 <= at < len(read.folded) for at in heard.asking)
    assert len(set(heard.aspects)) == len(heard.aspects)


SAID = "phi le thoi gian giay to ho so the nao sao thi duoc khong o dau bao nhieu tien lau may ngay va , ? con hoi nop"


@given(st.lists(st.sampled_from(SAID.split()), max_size=25).map(" ".join), st.sampled_from(list(Aspect)))
def test_words_that_ask_in_any_order_never_fail(text: str, main: Aspect) -> None:
    read = normalise(text)
    heard = asked_in_words(read.folded, read.clauses, main)
    assert len(set(heard.aspects)) == len(heard.aspects)
    assert bool(heard.asking) >= bool(heard.aspects)
