"""A change set cannot say two things about one procedure, nor half of one."""

import pytest

from knowledge.changeset import Change, ChangeKind, ChangeSet
from knowledge.procedure import InvalidValueError
from sample_procedures import make_checklist, make_procedure, new, repealed

BIRTH, DEATH = make_procedure("1.001193"), make_procedure("1.000656")


def test_nothing_to_change_is_empty_however_much_was_read() -> None:
    assert ChangeSet(unchanged=4_647).is_empty


@pytest.mark.parametrize(
    "changes", [new(BIRTH), ChangeSet(checklists=(make_checklist(),))], ids=["a procedure", "a checklist"]
)
def test_one_change_is_not_empty(changes: ChangeSet) -> None:
    assert not changes.is_empty


def test_a_change_set_says_itself_in_a_line() -> None:
    changes = ChangeSet(changes=(*new(BIRTH).changes, *repealed(DEATH).changes), unchanged=7)
    assert str(changes) == "1 new, 0 amended, 1 repealed, 0 replaced, 7 unchanged"


def test_changing_a_procedure_twice_in_one_edition_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"id-1\.001193 is changed twice"):
        ChangeSet(changes=(*new(BIRTH).changes, *repealed(BIRTH).changes))


def test_changing_a_checklist_twice_in_one_edition_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="changed twice"):
        ChangeSet(checklists=(make_checklist(), make_checklist()))


@pytest.mark.parametrize(
    ("kind", "procedure"),
    [
        pytest.param(ChangeKind.REPEALED, BIRTH, id="a repeal with a procedure"),
        pytest.param(ChangeKind.NEW, None, id="a new one without"),
        pytest.param(ChangeKind.AMENDED, None, id="an amendment without"),
        pytest.param(ChangeKind.NEW, DEATH, id="another procedure's"),
    ],
)
def test_a_change_carries_its_own_procedure_unless_it_ends_it(kind: ChangeKind, procedure: object) -> None:
    with pytest.raises(InvalidValueError, match=BIRTH.formality_id):
        Change(kind=kind, formality_id=BIRTH.formality_id, procedure=procedure)  # type: ignore[arg-type]  # rows hold None
