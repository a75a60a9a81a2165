"""What became of a register, for the person who imported it; nothing personal stands in it."""

import msgspec

from bot.dossiers.registers.reading import Problem, Rejected
from knowledge.dossier_code import dossier_code

MOST_PROBLEMS = 1_000  # kept of one file; the rest is counted


class Summary(msgspec.Struct):
    """Counts over a file. `rows_in_file` are the records of a CSV reader, blank ones too."""

    rows_in_file: int = 0
    skipped_rows: int = 0
    data_rows: int = 0
    rejected_rows: int = 0
    duplicates_dropped: int = 0
    superseded: int = 0
    dossiers: int = 0
    merged_across_systems: int = 0


class Report(msgspec.Struct):
    """The one value that an import fills while it runs."""

    source: str
    summary: Summary = msgspec.field(default_factory=Summary)
    rejected: list[Rejected] = []
    problems: list[Problem] = []
    problems_left_out: int = 0
    new: int = 0
    changed: int = 0
    crowded: tuple[str, ...] = ()

    def complain(self, problem: Problem) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.problems_left_out += 1

    @property
    def masked_crowded(self) -> tuple[str, ...]:
        return tuple(dossier_code(code).masked for code in self.crowded)

    @property
    def unchanged(self) -> int:
        return self.summary.dossiers - self.new - self.changed

    def __str__(self) -> str:
        counted = self.summary
        return (
            f"{self.source}: {counted.dossiers} dossiers from {counted.data_rows} rows: {self.new} new, "
            f"{self.changed} changed, {self.unchanged} as before; {counted.rejected_rows} rows rejected, "
            f"{counted.duplicates_dropped} duplicates, {counted.superseded} replaced by newer rows, "
            f"{len(self.problems) + self.problems_left_out} problems"
        )
