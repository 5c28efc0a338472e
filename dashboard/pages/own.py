"""What the pages of own exercises show beside their form: the steps as the client sees them, where two edits differ."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.lists import fixed_labels
from homework.authoring import form_of, steps_of
from homework.forms.draft import Draft
from homework.forms.own import StepForm
from homework.models import ExerciseVersion
from homework.player.exercise import DISTORTIONS, EMOTIONS, StepType

SHOWN = 8  # choices of a long list
NAMED = {StepType.EMOTION: EMOTIONS, StepType.DISTORTION: DISTORTIONS}


@dataclass(frozen=True)
class Screen:
    """One step as it stands on the client's phone, drawn, not to be filled in."""

    n: int
    of: int
    kind: str
    text: str
    note: str
    options: tuple[str, ...]
    more: int
    low: str
    high: str
    clock: str
    placeholder: str
    later: bool
    sees: bool


@dataclass(frozen=True)
class Preview:
    title: str
    pillar: str
    intro: str
    close: str
    screens: tuple[Screen, ...]


def preview_of(draft: Draft) -> Preview:
    """From what stands in the fields now, whether or not it can be saved."""
    form = draft.form
    screens = tuple(_screen(step, len(draft.steps)) for step in draft.steps)
    return Preview(_said(form, "title"), _said(form, "pillar"), _said(form, "intro"), _said(form, "close_text"), screens)


def _said(form: Any, name: str) -> str:
    return str(form[name].value() or "")


def _screen(step: StepForm, of: int) -> Screen:
    kind = _said(step, "type")
    options = _choices(step, kind)
    return Screen(
        n=step.number,
        of=of,
        kind=kind,
        text=_said(step, "text"),
        note=_note(step, kind),
        options=options[:SHOWN],
        more=max(len(options) - SHOWN, 0),
        low=_said(step, "low"),
        high=_said(step, "high"),
        clock=_clock(_said(step, "seconds")),
        placeholder=_said(step, "placeholder"),
        later=bool(step["later"].value()),
        sees=bool(step["shared"].value()),
    )


def _choices(step: StepForm, kind: str) -> tuple[str, ...]:
    if kind not in (StepType.CHOICE, StepType.MULTI_CHOICE, StepType.CHECKLIST, *NAMED):
        return ()
    own = [line.strip() for line in _said(step, "options").splitlines() if line.strip()]
    if own and kind not in NAMED:
        return tuple(own)
    name = NAMED[StepType(kind)] if kind in NAMED else _said(step, "options_ref")
    offered = fixed_labels().get({"my_strengths": "strengths"}.get(name, name), ())
    return tuple(option.label for option in offered)


def _note(step: StepForm, kind: str) -> str:
    parts = []
    if step["optional"].value():
        parts.append(_("If you like."))
    limit = _said(step, "max")
    if limit.isascii() and limit.isdigit() and int(limit[:3]) and kind in (StepType.MULTI_CHOICE, StepType.EMOTION, StepType.DISTORTION, StepType.PEOPLE):
        parts.append(ngettext("Pick one.", "Pick up to %(n)d.", int(limit[:3])) % {"n": int(limit[:3])})
    if kind == StepType.PEOPLE:
        parts.append(_("The people on the client’s own map."))
    return " ".join(parts)


def _clock(seconds: str) -> str:
    if not (seconds.isascii() and seconds.isdigit()):
        return ""
    whole = int(seconds[:5])
    return f"{whole // 60}:{whole % 60:02}"


def differences(current: ExerciseVersion, draft: Draft) -> list[tuple[str, str, str]]:
    """Rows of (what, saved by now, mine) where somebody else's newer version and this form differ."""
    theirs, form = form_of(current.content), draft.form
    rows = []
    for name, value in theirs.items():
        mine = form[name].value() or ""
        if _same(value) != _same(mine):
            rows.append((str(form.fields[name].label), str(value), str(mine)))
    for place in range(max(len(steps_of(current.content)), len(draft.steps))):
        there = steps_of(current.content)[place : place + 1]
        mine_here = draft.steps[place : place + 1]
        said = (_step_words(there[0]) if there else "", _step_words({name: mine_here[0][name].value() for name in mine_here[0].fields}) if mine_here else "")
        if said[0] != said[1]:
            rows.append((_("Step %(n)s") % {"n": place + 1}, *said))
    return rows


def _same(value: Any) -> str:
    return "\n".join(str(value if value not in (None, False) else "").replace("on", "True").split())


def _step_words(step: dict[str, Any]) -> str:
    names = ("text", "low", "high", "seconds", "options", "placeholder", "max", "show_equals")
    return ", ".join(" / ".join(str(step[name]).split("\n")).replace("\r", "") for name in names if step.get(name) not in (None, ""))


def from_now_on(data: QueryDict, current: ExerciseVersion) -> QueryDict:
    """The same form, made from the newer version: saving it again is what its writer wants."""
    again = data.copy()
    again["number"] = str(current.number)
    return again
