"""A session note says what was tapped, where from, and nothing else."""

from dataclasses import replace

import pytest

from therapy.content import note_formats, session_taps
from therapy.log import SessionLog
from therapy.note_text import PLACES, Facts, note_parts

FULL = SessionLog(
    risk="no_concern",
    focus=("mindset", "coping"),
    did=("skills_practice",),
    homework_review="partly",
    felt="stuck",
    one_line="  Breathing has become checking. New plan: test it.\n",
)
NO_FACTS = Facts()
FACTS = Facts(assigned=("Test it out",), next_session="Tue 1 Dec, 10:00")
UNTAPPED = SessionLog(attendance="", format="")


def read(note_format, log, facts=NO_FACTS):
    return {part.key: part.text for part in note_parts(replace(log, note_format=note_format), facts)}


def test_dap():
    assert read("dap", FULL, FACTS) == {
        "data": "Attended, in person.\nFocus: Coping, Mindset.\nDid: Skills practice.\nHomework: Partly.",
        "assessment": "Session: Stuck.\nBreathing has become checking. New plan: test it.\nRisk: Asked, no concern today.",
        "plan": "Agreed homework: Test it out.\nNext session: Tue 1 Dec, 10:00.",
    }


def test_soap_and_birp_have_their_own_places():
    soap, birp = read("soap", FULL, FACTS), read("birp", FULL, FACTS)
    assert soap["subjective"] == "Focus: Coping, Mindset." and soap["objective"].startswith("Attended, in person.")
    assert birp["intervention"] == "Did: Skills practice." and birp["response"].startswith("Session: Stuck.")


@pytest.mark.parametrize("note_format", ["dap", "soap", "birp"])
def test_nothing_tapped_is_nothing_written(note_format):
    assert set(read(note_format, UNTAPPED).values()) == {""}


@pytest.mark.parametrize("note_format", ["dap", "soap", "birp"])
def test_each_tap_stands_once_and_names_its_row(note_format):
    lines = [line for part in note_parts(replace(FULL, note_format=note_format), FACTS) for line in part.lines]
    rows = ["Came?", "Focus", "You did", "Homework", "It felt", "Risk", "Assign", "the calendar"]
    assert sorted(line.source for line in lines if not line.typed) == sorted(f"from {row}" for row in rows)
    assert [line.source for line in lines if line.typed] == ["your line"]


def test_the_one_line_is_kept_as_typed():
    typed = "100% 'sure' %(taps)s {x} <b>"
    assert read("dap", SessionLog(one_line=typed))["assessment"] == typed


def test_how_somebody_met_is_left_out_when_nobody_came():
    assert read("dap", SessionLog(attendance="no_show", format="video"))["data"] == "Did not attend."
    assert read("dap", SessionLog(attendance="", format="video"))["data"] == ""


def test_a_reason_stands_beside_the_risk_tap():
    assert read("dap", SessionLog(risk="not_asked", risk_note=" left early "))["assessment"] == "Risk: Not asked: left early"
    assert read("dap", SessionLog(risk_note="left early"))["assessment"] == ""


def test_a_tap_or_format_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        read("dap", SessionLog(attendance="nobody"))
    with pytest.raises(KeyError):
        read("poem", SessionLog())


def test_every_format_has_a_place_for_every_line():
    assert set(PLACES) == set(note_formats())
    for key, note_format in note_formats().items():
        assert set(PLACES[key]) == {field.key for field in note_format.fields}
    assert len({frozenset(name for names in places.values() for name in names) for places in PLACES.values()}) == 1


def test_attendance_uses_the_states_of_a_session():
    assert [tap.key for tap in session_taps().attendance] == ["attended", "late", "cancelled_by_client", "cancelled_by_clinic", "no_show"]
    assert [tap.pillar for tap in session_taps().focus if tap.pillar] == ["strengths", "coping", "selfcare", "mindset"]
