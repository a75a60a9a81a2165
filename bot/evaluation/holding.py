"""A run held against a baseline: what has fallen and risen is told, and what has risen is written if wanted."""

from pathlib import Path

from rich.console import Console

from bot.evaluation.baseline import Baseline, baseline_of, fallen, raised, risen, write_baseline
from bot.evaluation.measures import Figures


def hold_against(path: Path, before: Baseline | None, now: Figures, err: Console, *, is_writing: bool) -> bool:
    """Whether nothing has fallen; after a fall nothing is written. Without `before` the first baseline is written.

    Raises BaselineError when the file cannot be written.
    """
    if before is None:
        _write(path, baseline_of(now), err)
        return True
    if before.questions != now.questions:
        err.print(f"{path} was written over {before.questions} questions, these are {now.questions}", style="yellow")
    worse = fallen(now, before)
    for change in worse:
        err.print(f"fallen  {change}", style="red", soft_wrap=True)
    if worse:
        err.print("Mend it. If the loss is meant: remove the baseline file, write it anew and say why in the commit.")
        return False
    _raise(path, before, now, err, is_writing=is_writing)
    return True


def _raise(path: Path, before: Baseline, now: Figures, err: Console, *, is_writing: bool) -> None:
    better = risen(now, before)
    if not is_writing:
        if better:
            err.print(f"{len(better)} figures have risen: add --write-baseline to hold them")
        return
    for change in better:
        err.print(f"risen   {change}", soft_wrap=True)
    _write(path, raised(now, before), err)


def _write(path: Path, baseline: Baseline, err: Console) -> None:
    write_baseline(path, baseline)
    err.print(f"{path}: written", soft_wrap=True)
