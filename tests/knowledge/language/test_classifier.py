"""The linear model: its arithmetic on small tables, the stored models, the same result in every process."""

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.classifier import LinearModel, load_model
from knowledge.language.kinds import Kind
from knowledge.procedure import Aspect

ROOT = Path(__file__).resolve().parents[3]


def model(bias: tuple[float, float] = (0.0, 0.0), **weights: tuple[float, float]) -> LinearModel:
    return LinearModel(
        classes=("yes", "no"),
        bias=np.array(bias, dtype=np.float32),
        rows={sign: at for at, sign in enumerate(weights)},
        weights=np.array([*weights.values()], dtype=np.float32).reshape(-1, 2),
    )


def test_without_a_known_sign_only_the_bias_speaks() -> None:
    chances = model(bias=(math.log(3), 0.0), a=(5.0, 0.0)).probabilities(["never met"])
    assert chances == pytest.approx({"yes": 0.75, "no": 0.25})


def test_a_model_without_bias_and_signs_cannot_tell() -> None:
    assert model(a=(5.0, 0.0)).probabilities([]) == pytest.approx({"yes": 0.5, "no": 0.5})


def test_one_sign_weighs_what_its_row_says() -> None:
    chances = model(a=(math.log(4), 0.0)).probabilities(["a"])
    assert chances == pytest.approx({"yes": 0.8, "no": 0.2})


def test_signs_weigh_together_by_the_root_of_their_number() -> None:
    four = model(a=(1.0, 0.0), b=(1.0, 0.0), c=(1.0, 0.0), d=(1.0, 0.0)).probabilities("abcd")
    assert four["yes"] == pytest.approx(1 / (1 + math.exp(-2.0)))


def test_unknown_signs_do_not_thin_out_the_known_ones() -> None:
    one = model(a=(2.0, 0.0))
    assert one.probabilities(["a"]) == one.probabilities(["a", "x", "y", "z"])


def test_huge_weights_do_not_overflow() -> None:
    chances = model(a=(3e4, -3e4)).probabilities(["a"])
    assert chances == {"yes": 1.0, "no": 0.0}


@given(st.permutations(["w:khai", "w:sinh", "w:khai sinh", "t:bao lau", "asks:fee", "length:1", "w:con", "m:cho"]))
def test_the_order_of_the_signs_does_not_change_a_single_bit(signs: list[str]) -> None:
    loaded = load_model("aspect")
    assert loaded.probabilities(signs) == loaded.probabilities(sorted(signs))


@pytest.mark.parametrize("name", ["aspect", "kind"])
@given(data=st.data())
def test_the_stored_models_give_chances_that_add_up_to_one(name: str, data: st.DataObject) -> None:
    loaded = load_model(name)
    signs = data.draw(st.lists(st.one_of(st.sampled_from([*loaded.rows]), st.text(max_size=8)), max_size=40))
    chances = loaded.probabilities(set(signs))
    assert sum(chances.values()) == pytest.approx(1, abs=1e-5)
    assert tuple(chances) == loaded.classes


@pytest.mark.parametrize("name", ["aspect", "kind"])
def test_the_stored_models_have_a_column_a_class_and_a_row_a_sign(name: str) -> None:
    loaded = load_model(name)
    assert loaded.weights.shape == (len(loaded.rows), len(loaded.classes))
    assert loaded.bias.shape == (len(loaded.classes),)
    assert bool(np.isfinite(loaded.weights).all())


def test_every_class_of_the_aspect_model_is_an_aspect() -> None:
    assert set(load_model("aspect").classes) <= set(Aspect)


def test_every_class_of_the_kind_model_is_known_to_those_who_read_it() -> None:
    assert set(load_model("kind").classes) - {"procedure", "status", "chitchat"} <= set(Kind)


def test_a_model_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load_model("no such model")


def test_two_processes_give_the_same_chances_to_the_last_bit() -> None:
    """Sets are in another order in every process; the answer to a question must not be."""
    script = (
        "from knowledge.language.kinds import chances_of_kinds, find_kind; "
        "from knowledge.language.normalise import normalise; "
        "text = normalise('làm giấy khai sinh cho con mới sinh cần gì hết bao nhiêu tiền'); "
        "print(chances_of_kinds(text, find_kind(text)))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
