"""Papers and forms: what is named must be there, and once."""

import re
from collections import Counter
from collections.abc import Iterator

from catalogue_import.lints.lint import Certainty, Lint, Mistake, Record, Whole, excerpt, name_key
from catalogue_import.lints.texts import papers
from knowledge.procedure import Paper

# A form that the applicant fills in, by the words a paper of that kind begins with, named as a form of some number.
FILLED_IN = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:Tờ khai|Đơn|Giấy đề nghị|Văn bản đề nghị|Phiếu|Bản khai|Mẫu)\b", re.IGNORECASE
)
FORM = re.compile(r"\b(?:mẫu|biểu mẫu|mẫu đơn|mẫu tờ khai)\s+(?:số\s+)?[\w./-]*\d[\w./-]*", re.IGNORECASE)


def dangling_form(record: Record, _whole: Whole) -> Iterator[Mistake]:
    """A numbered form to fill in, while neither its paper nor any other of the procedure attaches one."""
    all_papers = [paper for group in record.procedure.paper_groups for paper in group.papers]
    if any(paper.forms or paper.has_electronic_form for paper in all_papers):
        return
    for place, text in papers(record.procedure):
        if FILLED_IN.search(text) and (found := FORM.search(text)):
            yield Mistake(place, excerpt(text, *found.span()))


def repeated(record: Record, _whole: Whole) -> Iterator[Mistake]:
    for number, group in enumerate(record.procedure.paper_groups, 1):
        counted = Counter(map(_key, group.papers))
        named = {_key(paper): paper.name for paper in reversed(group.papers)}
        for key, times in counted.items():
            if times > 1:
                yield Mistake(f"Thành phần hồ sơ, bảng {number}", f"{times} lần: {named[key][:200]}")


def _key(paper: Paper) -> tuple[str, int, int, tuple[str, ...]]:
    return name_key(paper.name), paper.originals, paper.copies, paper.forms


def no_papers(record: Record, _whole: Whole) -> Iterator[Mistake]:
    if not any(group.papers for group in record.procedure.paper_groups):
        yield Mistake("Thành phần hồ sơ", "Không có giấy tờ nào")


PAPERS = (
    Lint(
        "form-dangling", "Nhắc tới mẫu đơn, tờ khai mà không đính kèm", Certainty.SURE,
        "Giấy tờ gọi tên một mẫu có số hiệu, nhưng thủ tục không đính kèm tệp mẫu nào, cũng không có biểu mẫu điện tử.",
        "Đính kèm tệp mẫu vào đúng giấy tờ", dangling_form,
    ),
    Lint(
        "paper-repeated", "Giấy tờ lặp trong cùng một bảng", Certainty.CHECK,
        "Cùng tên, cùng số bản, cùng mẫu: người dân tưởng phải nộp hai bộ.",
        "Bỏ dòng lặp, hoặc ghi rõ hai dòng khác nhau chỗ nào", repeated,
    ),
    Lint(
        "paper-none", "Không có thành phần hồ sơ", Certainty.CHECK,
        "Người dân không biết phải mang gì.",
        "Ghi thành phần hồ sơ; nếu không cần giấy tờ thì ghi rõ", no_papers,
    ),
)  # fmt: skip
