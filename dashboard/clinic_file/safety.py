"""The safety plan: written together in one session, looked at again in a later one."""

import re

from access.acting import acting_as
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from safety.models import Line
from safety.plan_content import SAFER, WITH_PHONES, plan_steps
from safety.services import review_safety_plan, save_safety_plan

A_CALL = re.compile(r"^(?!Text )(?:(?P<name>.*?)[ ,]+)?(?P<phone>\+?\d[\d ]*\d)$")  # "Samaritans 116 123", "999"; a number to text is none to call


def check(client: Entry, last: int) -> None:
    plan = client.entry("safety_plan")
    if plan is None:
        return
    plan.only("made_week", "reviewed_week", "next_review_week", "steps")
    made = plan.whole("made_week", 0, last)
    reviewed = plan.whole("reviewed_week", made, last)
    ahead = plan.whole("next_review_week", reviewed, last + 13)
    if not 0 < ahead - reviewed <= 13:
        raise plan.error("next_review_week", "at least every 3 months, and after the last review")
    steps = plan.entry("steps")
    if steps is None:
        raise plan.error("steps", "a mapping is needed here")
    steps.only(*plan_steps())
    for key in plan_steps():
        if key == SAFER:
            steps.text(key, "", most=300)
        else:
            steps.texts(key)


def load(case: Case) -> None:
    plan = case.entry.entry("safety_plan")
    steps = plan.entry("steps") if plan is not None else None
    if plan is None or steps is None:
        return
    words = {key: [steps.text(key)] if key == SAFER and steps.has(key) else steps.texts(key) if key != SAFER else [] for key in plan_steps()}
    phone = case.client.clinic.phone
    lines = {key: [line_of(key, text, phone) for text in texts] for key, texts in words.items()}
    made, reviewed = case.met(plan.data["made_week"]), case.met(plan.data["reviewed_week"])
    ahead = case.met(plan.data["next_review_week"]).date()
    first = ahead if made == reviewed else None
    with acting_as(case.by_therapist):
        save_safety_plan(client=case.client, new_id=uuid7(), number=0, steps=lines, occurred_at=made, next_review=first, by=case.by_therapist)
        if made != reviewed:
            dates = {"reviewed_on": reviewed.date(), "next_review": ahead}
            review_safety_plan(client=case.client, new_id=uuid7(), number=1, occurred_at=reviewed, by=case.by_therapist, **dates)


def line_of(key: str, text: str, clinic: str = "") -> Line:
    """With its number where it ends in one; the clinic's own has the number of the clinic."""
    if key == "professionals" and text.startswith("Clinic"):
        return Line(text, clinic)
    found = A_CALL.match(text) if key in WITH_PHONES else None
    return Line(found["name"] or found["phone"], found["phone"]) if found else Line(text)


PART = Part(("safety_plan",), check, load)
