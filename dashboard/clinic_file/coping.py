"""The coping plan, written together in one of the first sessions."""

from access.acting import acting_as
from coping.services import add_strategy, save_plan
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from homework.content import library
from safety.content import warning_signs

WEEK = 2  # after care began, when both know a little


def check(client: Entry, last: int) -> None:
    plan = client.entry("coping_plan")
    if plan is None:
        return
    plan.keys("early_signs", {sign.key for sign in warning_signs()})
    plan.texts("triggers")
    plan.keys("skills", {exercise["key"] for exercise in library().exercises})
    plan.text("phrase", "")
    plan.only("early_signs", "triggers", "skills", "phrase")


def load(case: Case) -> None:
    plan = case.entry.entry("coping_plan")
    if plan is None:
        return
    when, by = case.met(min(case.began + WEEK, case.weeks.last)), case.by_therapist
    with acting_as(by):
        save_plan(
            client=case.client,
            new_id=uuid7(),
            number=0,
            early_signs=plan.texts("early_signs"),
            triggers=plan.texts("triggers"),
            phrase=plan.text("phrase", ""),
            occurred_at=when,
            by=by,
        )
        for key in plan.texts("skills"):
            add_strategy(client=case.client, new_id=uuid7(), item_key=key, occurred_at=when, by=by)


PART = Part(("coping_plan",), check, load)
