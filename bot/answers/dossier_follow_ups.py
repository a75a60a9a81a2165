"""What is asked on about the dossier spoken of last: "bao giờ có kết quả", "trễ hạn chưa", "giờ tôi phải làm gì"."""

from collections.abc import Sequence

LONGEST = 14  # words; a longer message says what it is about
_ASKING = (
    "bao gio|khi nao|luc nao|hom nao|ngay nao|bao lau|may ngay|bao nhieu ngay|con lau|tre|qua han|dung han|con han|kip"
    "|lam gi|nop gi|nop them|bo sung gi|bo sung them|can gi|thieu gi|o dau|sao lau|lau the|lau vay|xong chua"
    "|ai giai quyet|ai xu ly"
).split("|")
# A message of these words alone is about nothing else; any other may name a procedure.
_WORDS = frozenset(
    "bao gio khi nao luc hom ngay may nhieu lau con nua co lay nhan tra xong ra ket qua kq den toi han hen "
    "tre qua dung "
    "som muon chua khong ko k phai lam nop bo sung them gi tiep o dau ai cham sao tai vi kip giai quyet xu ly nguoi "
    "nay kia hien bay do no day thieu can duoc dc a ah oi nhe nhi vay the thi ma roi la cho minh em anh chi co chu bac "
    "ban ad bot hoi xin voi ho so hs toi cua ve di cung moi nha".split()
)


def asks_on(words: Sequence[str]) -> bool:
    """Whether folded words ask for a dossier's time, state or next move, and name nothing else."""
    line = f" {' '.join(words)} "
    is_about_it = len(words) <= LONGEST and all(word in _WORDS for word in words)
    return is_about_it and any(f" {asked} " in line for asked in _ASKING)
