"""The report as one page that prints: no script, nothing fetched from elsewhere."""

from pathlib import Path

import jinja2

from catalogue_import.lints.report import LintReport

TEMPLATES = Path(__file__).with_name("templates")
MOST_SHOWN = 40  # findings of a kind on the page: what somebody reads on paper; the workbook has all


def write_page(report: LintReport, path: Path) -> None:
    """Written beside the name and moved there when it is whole."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_text(page_of(report), encoding="utf-8")
    unfinished.replace(path)


def page_of(report: LintReport) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["so"] = lambda number: f"{number:,}".replace(",", ".")
    return environment.get_template("lint.html.j2").render(report=report, most=MOST_SHOWN)
