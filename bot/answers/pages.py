"""What a question about one aspect, or a button, shows of a procedure."""

from collections.abc import Callable

import msgspec

from bot.answers.actions import View
from bot.answers.facts import Facts
from bot.answers.wording import all_papers, details, estimate, fees, papers, places, times
from bot.answers.wording.section import Look, Section
from knowledge.catalogue import KnownProcedure
from knowledge.procedure import Aspect

Lines = Callable[[KnownProcedure, Facts], tuple[str, ...]]
Sections = Callable[[KnownProcedure, Facts], tuple[Section, ...]]


class Page(msgspec.Struct, frozen=True):
    """How an aspect is told: in a few lines when it is asked for, in full sections behind its button.

    Without `full` the same lines are shown, all of them.
    """

    label: str
    button: str
    brief: Lines
    full: Sections | None = None
    look: Look = Look.LISTED  # PLAIN: the sentences of the brief form make one paragraph

    def sections(self, known: KnownProcedure, facts: Facts) -> tuple[Section, ...]:
        return self.full(known, facts) if self.full else (Section(self.brief(known, facts), look=self.look),)


def _papers(known: KnownProcedure, _facts: Facts) -> tuple[Section, ...]:
    return all_papers.all_sections(known)


def _paper_lines(known: KnownProcedure, _facts: Facts) -> tuple[str, ...]:
    return tuple(line.text for line in papers.in_words(known).everybody)


def _fee(known: KnownProcedure, facts: Facts) -> tuple[str, ...]:
    return fees.asked(known, facts.day, facts.filing)


def _all_fees(known: KnownProcedure, facts: Facts) -> tuple[Section, ...]:
    return fees.all_sections(known, facts.day)


def _time(known: KnownProcedure, facts: Facts) -> tuple[str, ...]:
    return (*times.summary(known), *estimate.estimated(known, facts.filing_day, facts.filing.channel))


def _all_times(known: KnownProcedure, _facts: Facts) -> tuple[Section, ...]:
    return times.all_sections(known)


def _place(known: KnownProcedure, facts: Facts) -> tuple[str, ...]:
    return places.summary(known, facts.commune)


def _agencies(known: KnownProcedure, facts: Facts) -> tuple[Section, ...]:
    return (Section(_place(known, facts), look=Look.PLAIN), *places.agency_sections(known.procedure))


def _who(known: KnownProcedure, _facts: Facts) -> tuple[Section, ...]:
    subjects = Section(details.who(known), label="Ai làm thủ tục này")
    return (subjects, *places.agency_sections(known.procedure))


def _of_known(words: Callable[[KnownProcedure], tuple[str, ...]]) -> Lines:
    def lines(known: KnownProcedure, _facts: Facts) -> tuple[str, ...]:
        return words(known)

    return lines


PAGES: dict[View, Page] = {
    View.DOCUMENTS: Page("Mang theo", "Xem đủ giấy tờ", _paper_lines, _papers),
    View.ALL_PAPERS: Page("Tất cả giấy tờ", "Tất cả giấy tờ", _paper_lines, _papers),
    View.FEE: Page("Lệ phí", "Lệ phí", _fee, _all_fees),
    View.TIME: Page("Bao lâu", "Thời gian", _time, _all_times, Look.PLAIN),
    View.PLACE: Page("Nộp ở", "Nơi nộp", _place, _agencies, Look.PLAIN),
    View.STEPS: Page("Cách làm", "Các bước", _of_known(details.steps), look=Look.NUMBERED),
    View.CONDITIONS: Page("Điều kiện", "Điều kiện", _of_known(details.conditions)),
    View.RESULT: Page("Nhận được", "Kết quả", _of_known(details.result)),
    View.FORM: Page("Mẫu đơn, tờ khai", "Mẫu đơn", _of_known(details.forms)),
    View.ONLINE: Page("Nộp trực tuyến", "Cách nộp trực tuyến", _of_known(details.online), look=Look.PLAIN),
    View.WHO: Page("Ai làm được", "Ai làm", _of_known(details.who), _who),
    View.LEGAL: Page("Căn cứ pháp lý", "Căn cứ pháp lý", _of_known(details.law)),
}

# What is told of an aspect that was asked for alone; of the others the whole.
VIEWS: dict[Aspect, View] = {
    Aspect.FEE: View.FEE,
    Aspect.TIME: View.TIME,
    Aspect.PLACE: View.PLACE,
    Aspect.STEPS: View.STEPS,
    Aspect.CONDITIONS: View.CONDITIONS,
    Aspect.RESULT: View.RESULT,
    Aspect.FORM: View.FORM,
    Aspect.ONLINE: View.ONLINE,
    Aspect.WHO: View.WHO,
    Aspect.LEGAL: View.LEGAL,
}
VIEW_OF = {Aspect.DOCUMENTS: View.DOCUMENTS, **VIEWS}  # of one that was asked for beside others
