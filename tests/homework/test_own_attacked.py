"""What was tried against a clinic’s own exercises: markup in their words, steps that are all for later, keys of another clinic, begun alone."""

import html

import pytest
from django.urls import reverse

from access.acting import acting_as
from core.ids import uuid7
from homework.models import ExerciseRun
from homework.player.exercise import ContentError
from homework.services.own import retire_exercise
from tests.homework.own import written
from tests.portal.driving import forms_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
CHOSEN = {"pillar": "coping", "effort": "1", "setting": "anywhere", "sharing_default": "shared", "evidence": "practice", "s1-later": "on"}
NASTY = "<img src=x onerror=alert(1)>{{ request.user }}{% debug %}%(name)s {0}"


def sent(portal, client, **fields):
    return {"scope": f"{portal.membership.pk}:{client.pk}", **fields}


def begin(portal, client, key):
    return signed_in(portal).post(reverse("portal:practise_exercise", args=[key]), sent(portal, client, new_id=str(uuid7())))


def nasty(by, **changes):
    steps = [
        {"id": "before", "type": "rating", "text": NASTY, "when": "before", "measure": "tension", "low": NASTY, "high": NASTY},
        {"id": "saw", "type": "long_text", "text": NASTY, "placeholder": NASTY},
        {"id": "who", "type": "choice", "text": NASTY, "options": [NASTY, "{before}"]},
        {"id": "tick", "type": "checklist", "text": NASTY, "items": [NASTY, "'\"><b>"]},
    ]
    sees = {"headline": "{before} <img src=x onerror=alert(1)>{{ request.user }}{% debug %}%(name)s", "fields": ["before", "saw", "who", "tick"], "flag": NASTY}
    said = {"title": NASTY, "purpose": NASTY, "intro": NASTY, "close": {"text": NASTY, "if_worse": NASTY}, "not_for": [NASTY], "take_care": [NASTY]}
    return written(by, **{**said, "steps": steps, "therapist_sees": sees, **changes})


def test_words_that_are_markup_stay_words(tara, ben, ben_portal):
    own = nasty(tara)
    phone, desk = signed_in(ben_portal), signed_in(tara)
    pages = [phone.get(reverse("portal:practise")), phone.get(reverse("portal:practise_exercise", args=[own.key]))]
    answer = begin(ben_portal, ben, own.key)
    values = {"before": "8", "saw": NASTY, "who": NASTY, "tick": [NASTY, "'\"><b>"]}
    for step, value in values.items():
        pages.append(phone.get(answer.headers["Location"]))
        answer = phone.post(answer.headers["Location"].partition("?")[0], sent(ben_portal, ben, step=step, answer=value, button="next", version="0"))
        assert answer.status_code == 302, html.unescape(answer.content.decode())[:2000]
    pages += [phone.get(answer.headers["Location"]), phone.get(reverse("portal:me")), phone.get("/portal/")]
    with acting_as(ben_portal.actor):
        run = ExerciseRun.objects.get()
        assert run.state == "finished"
    pages += [
        desk.get(reverse(name, args=args))
        for name, args in (
            ("homework:library", []),
            ("homework:exercise", [own.key]),
            ("homework:blank", [own.key]),
            ("dashboard:own_edit", [own.key]),
            ("dashboard:own_adapt", [own.key]),
            ("dashboard:record", [ben.pk]),
            ("dashboard:homework", [ben.pk]),
        )
    ]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200 and "<img src=x" not in text and "'\"><b>" not in text, page.request["PATH_INFO"]


LATER = [{"id": "saw", "type": "long_text", "text": "What did you see?", "later": True}]
SEES = {"headline": "x", "fields": ["saw"], "flag": ""}


def test_an_exercise_that_is_all_for_later_is_refused(tara):
    with pytest.raises(ContentError, match="for later"):  # it would be begun and never be at an end
        written(tara, steps=LATER, therapist_sees=SEES)
    own = written(tara, steps=[{"id": "go", "type": "text", "text": "Go and look."}, *LATER], therapist_sees=SEES)
    desk = signed_in(tara)
    page = desk.get(reverse("dashboard:own_edit", args=[own.key]))
    form = next(form for form in forms_of(page) if "s0-text" in form.fields)
    fields = {"scope": f"{tara.membership.pk}:", **form.fields, "do": "save", "s0-type": "text", "s1-type": "long_text", **CHOSEN, "s0-later": "on"}
    answer = desk.post(reverse("dashboard:own_edit", args=[own.key]), fields)
    assert answer.status_code == 200 and "needed for the first day" in answer.content.decode()
    with acting_as(tara.actor):
        assert own.versions.count() == 1


def test_what_is_for_two_retired_or_another_clinics_is_not_begun(tara, olu, ben, ben_portal):
    for_two = written(tara, self_start=False)
    gone = written(tara)
    theirs = written(olu)
    with acting_as(tara.actor):
        retire_exercise(exercise=gone, away=True, by=tara.actor)
    for key in (for_two.key, gone.key, theirs.key):
        for answer in (signed_in(ben_portal).get(reverse("portal:practise_exercise", args=[key])), begin(ben_portal, ben, key)):
            assert answer.status_code == 404
    for name in ("dashboard:own_edit", "dashboard:own_adapt", "homework:exercise", "homework:blank"):
        assert signed_in(tara).get(reverse(name, args=[theirs.key])).status_code == 404
    with acting_as(ben_portal.actor):
        assert not ExerciseRun.objects.exists()
