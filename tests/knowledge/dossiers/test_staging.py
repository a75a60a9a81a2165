import random

from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from knowledge.dossiers.staging import MOST_LINKED, Stage


def grouped(rows: list[tuple[str, ...]]) -> set[frozenset[int]]:
    stage = Stage()
    for number, codes in enumerate(rows):
        stage.add(codes, str(number).encode())
    stage.join()
    groups = {frozenset(map(int, bodies)) for bodies in stage.groups()}
    stage.close()
    return groups


def test_rows_that_share_a_code_over_any_number_of_steps_are_one_dossier() -> None:
    chain = [(f"c{at}", f"c{at + 1}") for at in range(200)]
    random.Random(1).shuffle(chain)
    assert grouped([*chain, ("alone",)]) == {frozenset(range(200)), frozenset({200})}


def test_a_code_beside_too_many_others_joins_nothing_and_is_named() -> None:
    stage = Stage()
    for at in range(MOST_LINKED + 1):
        stage.add((f"own{at}", "filled down"), b"")
    assert stage.join() == ("filled down",)
    assert len(list(stage.groups())) == MOST_LINKED + 1
    stage.close()


@run(max_examples=60)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=2, unique=True), max_size=12))
def test_groups_are_those_of_a_plain_search(rows: list[list[str]]) -> None:
    """Beside a few lines that are too slow for a million rows."""
    neighbours: dict[str, set[str]] = {}
    for own, *others in rows:
        for other in others:
            neighbours.setdefault(own, set()).add(other)
            neighbours.setdefault(other, set()).add(own)
    crowded = {code for code, others in neighbours.items() if len(others) > MOST_LINKED}
    groups: list[tuple[set[str], set[int]]] = []
    for number, codes in enumerate(rows):
        linked = set(codes) if not crowded & set(codes) else {codes[0]}
        touching = [group for group in groups if group[0] & linked]
        merged = (linked.union(*(g[0] for g in touching)), {number}.union(*(g[1] for g in touching)))
        groups = [*(group for group in groups if group not in touching), merged]
    assert grouped([tuple(codes) for codes in rows]) == {frozenset(numbers) for _, numbers in groups}


def test_groups_come_in_the_order_of_the_names_given() -> None:
    stage = Stage()
    for code in ("b", "a", "c"):
        stage.add((code,), code.encode())
    stage.join()
    stage.name([("a", "3"), ("b", "1"), ("c", "2")])
    assert list(stage.groups(by_name=True)) == [[b"b"], [b"c"], [b"a"]]
    stage.close()
