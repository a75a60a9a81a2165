"""From what staff typed about a word to the word, or to what speaks against it, in their words."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.library import Snapshot
from knowledge.communes import commune_of, find_communes
from knowledge.faq.reading import cleaned
from knowledge.procedure import CODE
from knowledge.words.clashes import Clash, Why, clashes
from knowledge.words.desk import WordCard
from knowledge.words.indexing import form_key
from knowledge.words.word import LONGEST_MEANING, LONGEST_WORDING, SHORT_FORM, StaffWord, WordKind, WordText

SENTENCES = {
    Why.BELONGS: "{said} đã là cách gọi của thủ tục “{name}” ({other}).",
    Why.ENTRY: "{said} đã là cách hỏi của mục hỏi đáp “{name}”.",
    Why.STAFF: "{said} đã được cán bộ đề nghị với nghĩa “{name}”.",
    Why.MEANS: "{said} đã được hiểu là “{other}”.",
    Why.COMMON: "{said} là một từ thường gặp trong tên thủ tục; coi là viết tắt thì nhiều câu sẽ bị hiểu sai.",
    Why.EMPTY: "{said} không có từ nào chỉ riêng thủ tục này; ghi cụ thể hơn.",
    Why.KNOWN: "Trợ lý đã hiểu {said} như vậy rồi.",
}


class Read(NamedTuple):
    """`word` is None when there are problems: field → sentence."""

    word: WordText | None
    problems: dict[str, str]


def read_word(kind: WordKind, said: str, means: str, commune: str, snapshot: Snapshot) -> Read:
    """What was typed, of the right form; whether it clashes is asked by `against`."""
    said, means = " ".join(cleaned(said).split()), " ".join(cleaned(means).split())
    place = _commune(commune)
    problems = dict(_of_wording(said, means, snapshot) if kind is WordKind.WORDING else _of_form(said, means))
    if place is None:
        problems["commune"] = f"“{commune[:40]}” không phải một xã, phường, đặc khu của Hải Phòng."
    return Read(None if problems else WordText(kind=kind, said=said, means=means, commune=place or ""), problems)


def _of_wording(said: str, code: str, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    if not said:
        yield "tu", "Ghi từ hoặc cụm từ người dân hay nói."
    elif len(said) > LONGEST_WORDING:
        yield "tu", f"Dài quá {LONGEST_WORDING} chữ; ghi đúng cụm từ, bỏ phần còn lại của câu."
    if not CODE.fullmatch(code):
        yield "nghia", f"“{code[:30]}” không phải mã thủ tục; mã có dạng 1.001193."
    elif not snapshot.index.holds(code):
        yield "nghia", f"Danh mục không có thủ tục mã {code}."


def _of_form(said: str, means: str) -> Iterator[tuple[str, str]]:
    if not SHORT_FORM.fullmatch(said) or not form_key(said).isascii():
        yield "tu", "Ghi một từ viết tắt liền nhau, 2 đến 15 chữ hoặc số, không dấu."
    if not means or not any(map(str.isalpha, means)):
        yield "nghia", "Ghi từ đầy đủ."
    elif len(means) > LONGEST_MEANING:
        yield "nghia", f"Dài quá {LONGEST_MEANING} chữ."
    elif form_key(said) in map(form_key, means.split()):
        yield "nghia", "Từ đầy đủ còn chứa chính từ viết tắt."


def _commune(text: str) -> str | None:
    """Five digits from a code or a name, "" for the city, None for what is no commune or several."""
    text = text.strip()
    if not text or commune_of(text):
        return text
    found = find_communes(text)
    return found[0].code if len(found) == 1 else None


def against(word: WordText, snapshot: Snapshot, cards: Iterable[WordCard], but: int = 0) -> list[str]:
    """Sentences that say what a word clashes with; proposals that wait count as well."""
    words = [StaffWord(id=card.id, text=card.text, author="", approver="") for card in cards if _counts(card, but)]
    return [_told(word, clash, snapshot) for clash in clashes(word, snapshot.index, words)]


def _counts(card: WordCard, but: int) -> bool:
    return not card.is_retired and card.id != but


def _told(word: WordText, clash: Clash, snapshot: Snapshot) -> str:
    other, index = clash.other, snapshot.index
    name = index.name_of(other) if index.holds(other) else other
    return SENTENCES[clash.why].format(said=f"“{word.said}”", other=other, name=name)
