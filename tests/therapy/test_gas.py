"""The T-score of goal attainment scaling, against published and package figures."""

import math

import pytest

from therapy.content import goal_scale
from therapy.gas import gas_t

PUBLISHED = [
    ([0, 0, 0], None, 50, "Turner-Stokes 2009, abstract: 50 when the goals are met as expected"),
    ([0, 0, 0], [1, 1, 1], 50, "R PhysioClinical, scoreGAS test"),
    ([1], None, 60, "R PhysioClinical: one goal at +1"),
    ([1, 0], [6, 6], 56.201737, "R PhysioClinical, test-gas.R: 50 + 60 / sqrt(0.7 * 72 + 0.3 * 144)"),
    ([1, 1], None, 62.403473, "R PhysioClinical, unweighted"),
    ([-2, 0, -1, 2, 0, 1], [3, 5, 1, 4, 2, 6], 55, "R gasr, calc_tscore() example: 50 + 70 / 14"),
]


@pytest.mark.parametrize(("scores", "weights", "t", "source"), PUBLISHED, ids=[source for *_rest, source in PUBLISHED])
def test_published_figures(scores, weights, t, source):
    assert gas_t(scores, weights) == pytest.approx(t, abs=1e-6), source


def test_it_is_not_rounded():
    assert gas_t([1, 0], [6, 6]) == 50 + 60 / math.sqrt(0.7 * 72 + 0.3 * 144)


def test_the_size_of_all_weights_together_does_not_matter():
    assert gas_t([1, -1, 2], [1, 2, 3]) == pytest.approx(gas_t([1, -1, 2], [10, 20, 30]))


@pytest.mark.parametrize(
    ("scores", "weights", "rho"),
    [
        ([], None, 0.3),
        ([3], None, 0.3),
        ([0.5], None, 0.3),
        ([True], None, 0.3),
        ([None], None, 0.3),
        ([1, 0], [1], 0.3),
        ([1], [0], 0.3),
        ([1], [-1], 0.3),
        ([1], [math.nan], 0.3),
        ([1], [math.inf], 0.3),
        ([1], None, 1.5),
        ([1], None, math.nan),
    ],
)
def test_what_makes_no_sense_is_refused(scores, weights, rho):
    with pytest.raises(ValueError):
        gas_t(scores, weights, rho)


def test_the_scale_has_five_levels_and_starts_below_the_goal():
    scale = goal_scale()
    assert [level.value for level in scale.levels] == [-2, -1, 0, 1, 2]
    assert scale.baseline_default == -1 and set(scale.example_levels) == {-2, -1, 0, 1, 2}
    assert scale.weight_default in scale.weights and min(scale.weights) > 0
