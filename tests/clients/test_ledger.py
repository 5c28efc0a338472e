"""The ledger counts and juxtaposes: medians from three pairs on, one-sided ratings not counted, order without meaning."""

import random

from clients.content import Direction
from clients.ledger import Ledger, Use, ledger

DIRECTIONS = {"distress": Direction.LOWER, "connected": Direction.HIGHER}


def use(before: int | None, after: int | None, *, key: str = "slow_breathing", measure: str = "distress", helped: int | None = None) -> Use:
    return Use(key, key.replace("_", " ").capitalize(), "coping", measure, before, after, helped)


def test_three_pairs_show_the_median_change_and_vote() -> None:
    found = ledger([use(7, 4, helped=5), use(8, 7, helped=3), use(6, 4, helped=4)], DIRECTIONS)
    (line,) = found.shown
    assert (line.used, line.pairs, line.before, line.after, line.change, line.helped) == (3, 3, 7.0, 4.0, -2.0, 4.0)
    assert not found.too_few and not found.wrong_way


def test_under_three_pairs_is_too_few_to_say() -> None:
    found = ledger([use(7, 4), use(8, 7), use(6, None), use(None, 2)], DIRECTIONS)
    (line,) = found.too_few
    assert (line.used, line.pairs, line.change) == (4, 2, None)
    assert not found.shown


def test_what_went_the_wrong_way_stands_apart() -> None:
    found = ledger([use(3, 6), use(4, 5), use(2, 5)] + [use(3, 6, key="small_hello", measure="connected") for _ in range(3)], DIRECTIONS)
    assert [line.item_key for line in found.wrong_way] == ["slow_breathing"]
    assert [line.item_key for line in found.shown] == ["small_hello"]


def test_a_neutral_measure_never_goes_the_wrong_way() -> None:
    found = ledger([use(3, 9, measure="effort") for _ in range(3)], DIRECTIONS)
    assert found.shown and not found.wrong_way


def test_the_order_of_uses_never_matters() -> None:
    uses = [use(n % 11, (n * 7) % 11, key=f"item_{n % 3}", helped=n % 5 + 1) for n in range(30)]
    expected = ledger(uses, DIRECTIONS)
    for seed in range(5):
        mixed = uses[:]
        random.Random(seed).shuffle(mixed)
        assert ledger(mixed, DIRECTIONS) == expected


def test_nothing_is_an_empty_ledger() -> None:
    assert ledger([], DIRECTIONS) == Ledger((), (), ())
