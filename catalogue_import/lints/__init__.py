"""The roll of lints, in the order of the report: first what misleads citizens most."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalogue_import.files import Progress, no_progress
from catalogue_import.lints.broken_text import BROKEN_TEXT
from catalogue_import.lints.fees import FEES
from catalogue_import.lints.identity import IDENTITY
from catalogue_import.lints.links import LINKS
from catalogue_import.lints.lint import Lint, LintFinding, Mistake, Whole, name_key
from catalogue_import.lints.old_names import OLD_NAMES
from catalogue_import.lints.paper_rows import PAPERS
from catalogue_import.lints.texts import record_of
from catalogue_import.lints.times import TIMES
from knowledge.procedure import Procedure

LINTS: tuple[Lint, ...] = (*IDENTITY, *FEES, *TIMES, *PAPERS, *LINKS, *OLD_NAMES, *BROKEN_TEXT)


def lint_all(
    procedures: Sequence[Procedure], repealed: Mapping[str, str], progress: Progress = no_progress
) -> tuple[LintFinding, ...]:
    """Every finding, by kind in the order of the roll, then by code. `progress` counts procedures."""
    whole = whole_of(procedures, repealed)
    found: list[LintFinding] = []
    for done, procedure in enumerate(procedures, 1):
        found += _findings(procedure, whole)
        progress(done, len(procedures))
    order = {lint.code: at for at, lint in enumerate(LINTS)}
    return tuple(sorted(found, key=lambda finding: (order[finding.kind], finding.code)))


def whole_of(procedures: Iterable[Procedure], repealed: Mapping[str, str]) -> Whole:
    by_name: dict[str, list[str]] = defaultdict(list)
    by_code: dict[str, list[str]] = defaultdict(list)
    for procedure in procedures:
        by_name[name_key(procedure.name)].append(procedure.code)
        by_code[procedure.code].append(procedure.formality_id)
    return Whole(
        codes_by_name={name: tuple(codes) for name, codes in by_name.items()},
        ids_by_code={code: tuple(ids) for code, ids in by_code.items()},
        repealed=repealed,
    )


def _findings(procedure: Procedure, whole: Whole) -> Iterator[LintFinding]:
    record = record_of(procedure)
    return (_finding(procedure, lint, mistake) for lint in LINTS for mistake in lint.find(record, whole))


def _finding(procedure: Procedure, lint: Lint, mistake: Mistake) -> LintFinding:
    return LintFinding(
        kind=lint.code,
        certainty=lint.certainty,
        code=procedure.code,
        name=procedure.name,
        issuer=procedure.issuer,
        link=procedure.listing_link,
        place=mistake.place,
        stands=mistake.stands,
        why=lint.why,
        right=mistake.right or lint.right,
    )
