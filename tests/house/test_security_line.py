"""The last line of `make security` is counted, and the answer is 0 only when nothing got through and nothing went unsaid."""

import json
import sys
from pathlib import Path

import pytest

from tests import security

CLEAN = {"probes": 3, "leaks": 0, "foreign_writes": 0, "tokens_tried": 5, "tokens_accepted": 0, "csp_violations": 0}
PROBE = f"""
import pytest

@pytest.mark.parametrize("half", [1, 2])
def test_probe(half, record_property):
    for name, figure in {CLEAN | {"leaks": 1}}.items():
        record_property(name, figure)
    record_property("something_else", 1)
    assert half == 1
"""
BARE = (sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "tests.security", "-p", "no:django", "-p", "no:cacheprovider", "-c", "/dev/null")


def answer_of(*runs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> tuple[int, object]:
    """The program's answer to such runs, and its last line."""
    monkeypatch.setattr(security, "RUNS", runs)
    answer = security.main()
    return answer, json.loads(capfd.readouterr().out.splitlines()[-1])


def ended(figures: dict[str, int], code: int = 0) -> tuple[str, ...]:
    """A run that counted these and ended so; it is told where to write them."""
    return sys.executable, "-c", f"import json, sys; json.dump({figures}, open(sys.argv[2], 'w')); sys.exit({code})"


def test_what_probes_record_is_added_up_also_of_those_that_found_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_probe.py").write_text(PROBE)
    found = answer_of((*BARE, "--rootdir", str(tmp_path), str(tmp_path)), monkeypatch=monkeypatch, capfd=capfd)
    assert found == (1, {name: 2 * figure for name, figure in (CLEAN | {"leaks": 1}).items()})


def test_clean_runs_are_a_success(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    found = answer_of(ended(CLEAN), ended({"csp_violations": 0, "probes": 4}), monkeypatch=monkeypatch, capfd=capfd)
    assert found == (0, CLEAN | {"probes": 7})


@pytest.mark.parametrize("name", security.MUST_BE_NONE)
def test_one_that_got_through_is_none(name: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    assert answer_of(ended(CLEAN | {name: 1}), monkeypatch=monkeypatch, capfd=capfd) == (1, CLEAN | {name: 1})


def test_nor_is_a_test_that_stopped(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    assert answer_of(ended(CLEAN, code=1), ended(CLEAN), monkeypatch=monkeypatch, capfd=capfd)[0] == 1


def test_nor_is_a_figure_that_nobody_counted(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    counted = {name: figure for name, figure in CLEAN.items() if name != "leaks"}
    assert answer_of(ended(counted), monkeypatch=monkeypatch, capfd=capfd) == (1, counted | {"leaks": None})
