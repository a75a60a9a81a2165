"""Decisions put together at random: orders and words of columns, styles of sections, dirt; with what is in them."""

from itertools import pairwise
from random import Random
from typing import NamedTuple
from unicodedata import normalize

from catalogue_import.decision_file import DecisionRecord
from decision_makers import Grid, Part
from knowledge.procedure import Level

HEADINGS: dict[str, tuple[tuple[str, ...], ...]] = {  # each a path of one or two rows
    "stt": (("STT",), ("TT",), ("Số TT",)),
    "code": (("Mã TTHC",), ("Mã số TTHC",), ("Mã thủ tục hành chính",), ("Mã số hồ sơ TTHC",)),
    "name": (("Tên TTHC",), ("Tên thủ tục hành chính",), ("Thủ tục hành chính",), ("Tên thủ tục",)),
    "time": (
        ("Thời hạn giải quyết", "Theo quy định"),
        ("Thời gian theo quy định",),
        ("Thời hạn", "Trước cắt giảm"),
        ("Thời hạn giải quyết (ngày làm việc)", "Quy định"),
        ("Thời hạn theo quy định (ngày làm việc)",),
    ),
    "short": (
        ("Thời hạn giải quyết", "Sau cắt giảm"),
        ("Thời gian sau khi cắt giảm",),
        ("Thời hạn", "Rút ngắn còn"),
        ("Thời hạn giải quyết (ngày làm việc)", "Sau cắt giảm"),
        ("Thời hạn giải quyết của thành phố (ngày làm việc)",),
    ),
    "place": (("Địa điểm thực hiện",), ("Nơi tiếp nhận hồ sơ",), ("Địa điểm tiếp nhận và trả kết quả",)),
    "fee": (("Phí, lệ phí",), ("Mức thu phí, lệ phí (nếu có)",), ("Lệ phí",)),
    "full": (("Cung cấp DVC trực tuyến", "Toàn trình"), ("DVCTT toàn trình",)),
    "partial": (("Cung cấp DVC trực tuyến", "Một phần"), ("DVCTT một phần",)),
    "law": (("Căn cứ pháp lý",), ("Cơ sở pháp lý",), ("Tên VBQPPL quy định",)),
}
OPTIONAL = ("short", "place", "fee", "law")
NAMES = (
    "Đăng ký nhận cha, mẹ, con có yếu tố nước ngoài",
    "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
    "Công nhận hộ nghèo, hộ cận nghèo thường xuyên hằng năm",
    "Chứng thực chữ ký trong các giấy tờ, văn bản",
    "Xác nhận tiếp tục sử dụng đất nông nghiệp của cá nhân",
    "Thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch",
)
FIELDS = ("Hộ tịch", "Đất đai", "Chứng thực", "Bảo trợ xã hội")
STATUSES = {"new": "BAN HÀNH MỚI", "amended": "ĐƯỢC SỬA ĐỔI, BỔ SUNG", "repealed": "BỊ BÃI BỎ"}
LEVELS = {"CẤP XÃ": (Level.COMMUNE,), "CẤP TỈNH": (Level.PROVINCE,)}
LEVELS |= {"DÙNG CHUNG (CẤP TỈNH, CẤP XÃ)": (Level.PROVINCE, Level.COMMUNE)}
PLACES = ("Trung tâm PVHCC cấp xã", "Trung tâm PVHCC thành phố")
LAWS = ("Luật số 31/2024/QH15", "Nghị định số 49/2026/NĐ-CP", "Thông tư số 04/2020/TT-BTP")
NOT_SHORTENED = ("Không thực hiện cắt giảm", "Không cắt giảm", "Giữ nguyên", "-", "")


class Expected(NamedTuple):
    status: str
    name: str
    field: str
    levels: tuple[Level, ...]
    time: str | None
    short: str | None
    place: tuple[str, ...]
    fee: str | None
    online: str
    law: tuple[str, ...]


class RandomDecision:
    """`parts` for an annex, and `expected` by code; `broken` are codes as printed that a person must look at, and
    `ignored` those that give nothing."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.expected: dict[str, Expected] = {}
        self.broken: list[str] = []
        self.ignored: set[str] = set()
        self.columns = self._columns()
        self.rows = self._heading()
        self.codes = iter(f"1.{number:06d}" for number in self.random.sample(range(100_000, 900_000), 200))
        self.heading = [*self.rows]
        if self.random.random() < 0.5:
            self.rows.append([f"({number})" for number in range(1, len(self.columns) + 1)])
        for letter, status in zip("ABC", self.random.sample(sorted(STATUSES), 3), strict=True):
            self._status(letter, status)
        if self.random.random() < 0.5:
            self._processes()
        self.parts: list[Part] = [Grid(self.rows)]

    def _columns(self) -> dict[str, tuple[str, ...]]:
        """Paths of headings in a random order; times stand together, and so do the marks."""
        chosen = {key: self.random.choice(paths) for key, paths in HEADINGS.items()}
        style = self.random.randrange(len(HEADINGS["time"]))
        chosen["time"], chosen["short"] = HEADINGS["time"][style], HEADINGS["short"][style]
        style = self.random.randrange(len(HEADINGS["full"]))
        chosen["full"], chosen["partial"] = HEADINGS["full"][style], HEADINGS["partial"][style]
        groups = [
            ["code"],
            ["name"],
            self._shuffled(["time", "short"]),
            ["place"],
            ["fee"],
            self._shuffled(["full", "partial"]),
        ]
        order = ["stt", *(key for group in self._shuffled([*groups, ["law"]]) for key in group)]
        left_out = set(self.random.sample(OPTIONAL, self.random.randrange(3)))
        return {key: chosen[key] for key in order if key not in left_out}

    def _shuffled(self, items: list) -> list:  # type: ignore[type-arg]  of anything
        return self.random.sample(items, len(items))

    def _heading(self) -> list[list[str]]:
        top: list[str] = []
        below: list[str] = []
        for path in self.columns.values():
            merged = bool(top) and len(path) > 1 and path[0] in {top[-1], self._parent(top)}
            top.append("<" if merged else path[0])
            below.append(path[1] if len(path) > 1 else "^")
        return [top, below] if any(text != "^" for text in below) else [top]

    @staticmethod
    def _parent(top: list[str]) -> str:
        return next(text for text in reversed(top) if text != "<")

    def _wide(self, text: str) -> list[str]:
        """A heading between rows, in one of the styles seen."""
        width, style = len(self.columns), self.random.randrange(3)
        number, _, title = text.partition(". ")
        if style == 0 or not title:
            return [text, *"<" * (width - 1)]
        if style == 1:
            return [number, title, *"<" * (width - 2)]
        cells = [""] * width
        cells[list(self.columns).index("name")] = text
        return cells

    def _status(self, letter: str, status: str) -> None:
        self.rows.append(self._wide(f"{letter}. DANH MỤC THỦ TỤC HÀNH CHÍNH {STATUSES[status]}"))
        for roman, level in zip(("I", "II"), self.random.sample(sorted(LEVELS), 2), strict=True):
            self.rows.append(self._wide(f"{roman}. THỦ TỤC HÀNH CHÍNH {level}"))
            for field in self.random.sample(FIELDS, 2):
                self.rows.append(self._wide(f"LĨNH VỰC {field.upper()}"))
                above: Expected | None = None
                for number in range(1, self.random.randrange(2, 5)):
                    above = self._record(number, status, LEVELS[level], field, above)
                    above = self._noise(number, status, above)

    def _noise(self, number: int, status: str, above: Expected) -> Expected | None:
        """What stands between records now and then: a code that is none, the heading again, a total. Gives the record
        to which "-nt-" may refer now."""
        kind = self.random.randrange(24)
        if kind == 0:
            self.broken.append(f"{next(self.codes)}1")
            texts = self._texts(self._made(status, (), ""))
            cells = {"stt": f"{number}a", "code": self.broken[-1], "name": self.random.choice(NAMES), **texts}
            self.rows.append([cells[key] for key in self.columns])
        elif kind == 1:
            self.rows += self.heading
        elif kind == 2:
            self.rows.append([f"Tổng cộng: {number} thủ tục", *"<" * (len(self.columns) - 1)])
        return above if kind else None

    def _processes(self) -> None:
        """Internal processes at the end, whose codes are those of procedures or their own."""
        self.rows.append(self._wide("D. QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"))
        for number in range(1, self.random.randrange(2, 5)):
            code = next(self.codes)
            self.ignored.add(code)
            cells = {"stt": str(number), "code": code, "name": self.random.choice(NAMES)}
            self.rows.append([cells.get(key, "") for key in self.columns])

    def _record(
        self, number: int, status: str, levels: tuple[Level, ...], field: str, above: Expected | None
    ) -> Expected:
        made = self._made(status, levels, field)
        texts = self._texts(made)
        code = next(self.codes)
        is_below = above is not None and self.rows[-1][0].endswith(".")  # no part of a name between them
        if above is not None and is_below and self.random.random() < 0.3:
            merged = self.random.choice([key for key in ("place", "fee", "law") if key in self.columns] or ["name"])
            if merged != "name" and getattr(above, merged):
                made, texts[merged] = made._replace(**{merged: getattr(above, merged)}), "^"
        elif above is not None and self.random.random() < 0.3:
            for key in self.random.sample(["time", "place", "fee", "law"], 2):
                if getattr(above, key):  # an empty cell above is nothing to repeat
                    made, texts[key] = (
                        made._replace(**{key: getattr(above, key)}),
                        self.random.choice(["-nt-", "nt", "Như trên"]),
                    )
        cells = {"stt": f"{number}.", "code": self._dirty_code(code), "name": self._dirty(made.name), **texts}
        self.rows.append([cells[key] for key in self.columns])
        if self.random.random() < 0.2:  # a page break cut the name
            made = made._replace(name=f"{made.name} theo quy định")
            self.rows.append(["theo quy định" if key == "name" else "" for key in self.columns])
        self.expected[code] = self._without_lost(made)
        return made

    def _made(self, status: str, levels: tuple[Level, ...], field: str) -> Expected:
        days = self.random.randrange(2, 60)
        return Expected(
            status=status,
            name=self.random.choice(NAMES),
            field=field,
            levels=levels,
            time=f"{days:02d} ngày làm việc",  # the days alone where the heading has the unit
            short=f"{days / 2:g} ngày làm việc".replace(".", ",") if self.random.random() < 0.6 else None,
            place=tuple(self.random.sample(PLACES, self.random.randrange(1, 3))),
            fee=self.random.choice([None, "Không", "8.000 đồng", "- Lần đầu: 50.000 đồng\n- Cấp lại: 20.000 đồng"]),
            online=self.random.choice(["full", "partial", "none"]),
            law=tuple(self.random.sample(LAWS, self.random.randrange(1, 4))),
        )

    def _texts(self, made: Expected) -> dict[str, str]:
        mark = self.random.choice(["x", "X", "✓"])
        has_unit = "(ngày làm việc)" in self.columns["time"][0]
        time, short = (
            (text or "").removesuffix(" ngày làm việc") if has_unit else text for text in (made.time, made.short)
        )
        return {
            "time": self._dirty(time or ""),
            "short": self._dirty(short) if short else self.random.choice(NOT_SHORTENED),
            "place": "\n".join(f"- {place}" for place in made.place),
            "fee": made.fee or "",
            "full": mark if made.online == "full" else "",
            "partial": mark if made.online == "partial" else "",
            "law": self.random.choice(["; ", "\n"]).join(made.law),
        }

    def _without_lost(self, made: Expected) -> Expected:
        empty = {"short": None, "place": (), "fee": None, "law": ()}
        return made._replace(**{key: value for key, value in empty.items() if key not in self.columns})

    def _dirty_code(self, code: str) -> str:
        dirt = (code, code, f"{code}.000.00.00.H24", f"{code}.", code.replace(".", ". "), f"{code[:5]}\u200b{code[5:]}")
        return self.random.choice(dirt)

    def _dirty(self, text: str) -> str:
        style = self.random.random()
        if style < 0.1:
            return normalize("NFD", text)
        return _pushed_apart(text, self.random) if style < 0.25 else text


def _pushed_apart(text: str, random: Random) -> str:
    """A space before most marked vowels inside words."""
    pieces = [text[0]]
    for before, letter in pairwise(text):
        is_inside = before.isalpha() and letter.isalpha() and not letter.isascii() and letter not in "đĐ"
        pieces.append(f" {letter}" if is_inside and random.random() < 0.7 else letter)
    return "".join(pieces)


def same(text: str | None) -> str | None:
    return None if text is None else "".join(normalize("NFC", text).lower().split())


def found(record: DecisionRecord) -> Expected:
    return Expected(
        status=record.status.value,
        name=same(record.name) or "",
        field=same(record.field) or "",
        levels=record.levels or (),
        time=same(record.time_statutory),
        short=same(record.time_shortened),
        place=record.place,
        fee=same(record.fee_text),
        online=record.online_level or "",
        law=record.legal_basis,
    )


def wanted(expected: Expected) -> Expected:
    texts = {key: same(getattr(expected, key)) for key in ("name", "field", "time", "short", "fee")}
    return expected._replace(**texts)
