"""Between the form of an own exercise and the content of the schema: filled from a version, read back with what the form does not show kept. No database."""

from collections.abc import Mapping, Sequence
from typing import Any

from homework.player.exercise import StepType

CHOOSING = (StepType.CHOICE, StepType.MULTI_CHOICE, StepType.CHECKLIST)
LIMITED = (StepType.MULTI_CHOICE, StepType.CHECKLIST, StepType.EMOTION, StepType.DISTORTION, StepType.PEOPLE)
WRITTEN = (StepType.SHORT_TEXT, StepType.LONG_TEXT)
SAME = ("title", "pillar", "purpose", "technique", "minutes", "effort", "setting", "self_start", "sharing_default", "intro")  # named alike in both
OF_STEP = ("type", "text", "seconds", "when", "measure", "low", "high", "placeholder", "options_ref", "max")
SHOWN = (*OF_STEP, "id", "optional", "later", "show_if", "options", "items")

Content = Mapping[str, Any]


def form_of(content: Content) -> dict[str, Any]:
    """What the form starts with, from a version's content."""
    sees, close, often, evidence = content["therapist_sees"], content.get("close") or {}, content["frequency"], content["evidence"]
    return {
        **{name: content[name] for name in SAME},
        "close_text": close.get("text", ""),
        "if_worse": close.get("if_worse", ""),
        "headline": sees["headline"],
        "often_text": often["text"],
        "per_week": often["per_week"],
        "weeks": often["weeks"],
        "not_for": "\n".join(content["not_for"]),
        "take_care": "\n".join(content["take_care"]),
        "evidence": evidence["strength"],
        "source": evidence["technique_source"],
    }


def steps_of(content: Content) -> list[dict[str, Any]]:
    """The same for each step."""
    sees = content["therapist_sees"]
    seen = {*sees["fields"], *sees.get("fields_if_shared", ())}
    by_id = {step["id"]: step for step in content["steps"]}
    return [_step_form(step, step["id"] in seen, by_id) for step in content["steps"]]


def _step_form(step: Content, seen: bool, by_id: Mapping[str, Content]) -> dict[str, Any]:
    shown = step.get("show_if") or {}
    asked = _options(by_id.get(shown.get("step", ""), {}))
    return {
        "sid": step["id"],
        "was": step["id"],
        **{name: step.get(name) for name in OF_STEP},
        "options": "\n".join(_options(step)),
        "optional": bool(step.get("optional")),
        "later": bool(step.get("later")),
        "shared": seen,
        "show_step": shown.get("step", ""),
        "show_equals": next((label for label, option in asked.items() if _value(option) == shown.get("equals")), shown.get("equals", "")),
    }


def _options(step: Content) -> dict[str, Any]:
    """Each choice by its label."""
    return {(one if isinstance(one, str) else one["label"]): one for one in step.get("options") or step.get("items") or ()}


def _value(option: Any) -> str:
    return str(option if isinstance(option, str) else option["value"])


def content_of(given: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], base: Content | None = None) -> dict[str, Any]:
    """The content that the cleaned form and its cleaned steps describe; `base` is the version it was filled from."""
    old = base or {}
    before = {step["id"]: step for step in old.get("steps", ())}
    made = [_step_content(step, before.get(step["was"], {})) for step in steps]
    _add_conditions(made, steps)
    hidden = {*((old.get("therapist_sees") or {}).get("fields_if_shared") or ())}
    seen = [step["sid"] for step in steps if step["shared"] and step["type"] not in (StepType.TEXT, StepType.TIMER)]
    evidence = old.get("evidence") or {}
    same_source = evidence.get("technique_source") == given["source"]
    return {
        **{name: given[name] for name in SAME},
        "area": old.get("area", "own"),
        "steps": made,
        "close": {name: given[key] for name, key in (("text", "close_text"), ("if_worse", "if_worse")) if given[key]},
        "therapist_sees": {
            "headline": given["headline"] or given["title"],
            "fields": [sid for sid in seen if sid not in hidden],
            "fields_if_shared": [sid for sid in seen if sid in hidden],
            "flag": (old.get("therapist_sees") or {}).get("flag", ""),
        },
        "frequency": {"text": given["often_text"], "per_week": given["per_week"], "weeks": given["weeks"]},
        "not_for": given["not_for"],
        "take_care": given["take_care"],
        "evidence": {
            "technique_source": given["source"],
            "outcome_source": evidence.get("outcome_source", "") if same_source else "",
            "strength": given["evidence"],
            "note": evidence.get("note", "") if same_source else "",
            "checked": evidence.get("checked", "seen") if same_source else "seen",
        },
        "related_instruments": list(old.get("related_instruments") or ()),
    }


def _step_content(given: Mapping[str, Any], old: Content) -> dict[str, Any]:
    kind = given["type"]
    kept = {name: value for name, value in old.items() if name not in SHOWN} if old.get("type") == kind else {}
    step: dict[str, Any] = {**kept, "id": given["sid"], "type": str(kind), "text": given["text"]}
    for name in ("optional", "later"):
        if given[name]:
            step[name] = True
    if kind == StepType.TIMER:
        step["seconds"] = given["seconds"]
        if given["seconds"] != old.get("seconds"):  # another length: the breathing pattern and the cues were made for the old one
            for name in ("pattern", "pattern_by_choice", "cues"):
                step.pop(name, None)
    if kind == StepType.RATING:
        step |= {name: given[name] for name in ("when", "measure", "low", "high")}
    if kind in WRITTEN and given["placeholder"]:
        step["placeholder"] = given["placeholder"]
    if kind in LIMITED and given["max"]:
        step["max"] = given["max"]
    if kind in CHOOSING:
        _add_choices(step, given, old)
    return step


def _add_choices(step: dict[str, Any], given: Mapping[str, Any], old: Content) -> None:
    """Own lines, in the place the schema has for them; a line that was there keeps the value it is stored under."""
    if given["options_ref"] and not given["options"]:
        step["options_ref"] = given["options_ref"]
        return
    known = _options(old)
    lines = [known.get(line, line) for line in given["options"]]
    step["items" if step["type"] == StepType.CHECKLIST else "options"] = lines
    if step.get("default") not in {_value(line) for line in lines}:
        step.pop("default", None)


def _add_conditions(made: list[dict[str, Any]], steps: Sequence[Mapping[str, Any]]) -> None:
    by_id = {step["id"]: step for step in made}
    for step, given in zip(made, steps, strict=True):
        if given["show_step"]:
            asked = _options(by_id.get(given["show_step"], {}))
            step["show_if"] = {"step": given["show_step"], "equals": _value(asked.get(given["show_equals"], given["show_equals"]))}
