"""Content JSON to `Exercise`. Whatever does not make sense is refused here, so that the player need not doubt what it reads."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from homework.player.exercise import (
    ACTIVITIES_OF_CHOICE,
    OPTION_LISTS,
    SELFCARE_DOMAINS,
    Condition,
    ContentError,
    Cue,
    Evidence,
    Exercise,
    Frequency,
    Option,
    Pattern,
    Step,
    StepType,
)

HEADLINE_FIELD = re.compile(r"\{(\w+)(\|count)?\}")


def parse_exercise(content: Mapping[str, Any]) -> Exercise:
    """The exercise that one entry of the library describes. Raises ContentError, saying what and where."""
    key = content.get("key", "?")
    try:
        exercise = _exercise(content)
        _check(exercise)
    except ContentError as error:
        raise ContentError(f"{key}: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContentError(f"{key}: {type(error).__name__} {error}") from error
    return exercise


def _exercise(content: Mapping[str, Any]) -> Exercise:
    sees, close, often = content["therapist_sees"], content.get("close") or {}, content["frequency"]
    return Exercise(
        **{name: content[name] for name in ("key", "title", "pillar", "area", "technique", "purpose", "setting", "sharing_default", "intro")},
        minutes=int(content["minutes"]),
        effort=int(content["effort"]),
        self_start=bool(content["self_start"]),
        in_help_now=bool(content.get("in_help_now", False)),
        steps=_steps(content["steps"]),
        close_text=close.get("text", ""),
        if_worse=close.get("if_worse", ""),
        headline=sees["headline"],
        fields=tuple(sees["fields"]),
        fields_if_shared=tuple(sees.get("fields_if_shared", ())),
        flag=sees["flag"],
        frequency=Frequency(text=often["text"], per_week=int(often["per_week"]), weeks=int(often["weeks"])),
        not_for=tuple(content["not_for"]),
        take_care=tuple(content["take_care"]),
        evidence=Evidence(**content["evidence"]),
    )


def _steps(contents: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for content in contents:
        if any(step.id == content["id"] for step in steps):
            raise ContentError(f"step {content['id']} stands twice")
        try:
            steps.append(_step(content, steps))
        except ContentError as error:
            raise ContentError(f"step {content['id']}: {error}") from error
    return tuple(steps)


def _step(content: Mapping[str, Any], earlier: Sequence[Step]) -> Step:
    help_page = content.get("opens")
    if help_page not in (None, "help_now"):
        raise ContentError(f"opens {help_page!r}")
    choices = content.get("pattern_by_choice") or {}
    return Step(
        id=content["id"],
        type=StepType(content["type"]),
        text=content["text"],
        optional=bool(content.get("optional", False)),
        later=bool(content.get("later", False)),
        show_if=_condition(content.get("show_if"), earlier),
        hide_if=_condition(content.get("hide_if"), earlier),
        opens_help=help_page == "help_now",
        **{name: content.get(name, "") for name in ("placeholder", "when", "measure", "low", "high", "options_ref", "default")},
        min_lines=int(content.get("min_lines", 0)),
        max=content.get("max"),
        options=tuple(_option(option) for option in content.get("options") or content.get("items") or ()),
        seconds=int(content.get("seconds", 0)),
        pattern=_pattern(content["pattern"]) if content.get("pattern") else None,
        patterns=tuple((value, _pattern(pattern)) for value, pattern in choices.items() if value != "step"),
        cues=tuple(Cue(int(cue["at"]), cue["say"]) for cue in content.get("cues", ())),
        ring=content.get("ring"),
        rerates="rerates" in content,
        asks_pattern_question=content.get("uses") == "distortion.question",
        source=_source(content, earlier),
    )


def _condition(content: Mapping[str, str] | None, earlier: Sequence[Step]) -> Condition | None:
    if not content:
        return None
    if not any(step.id == content["step"] for step in earlier):
        raise ContentError(f"asks for the answer to {content['step']!r}, which does not come before")
    return Condition(content["step"], content["equals"])


def _source(content: Mapping[str, Any], earlier: Sequence[Step]) -> str:
    """The id of the earlier step that this one leans on. Raises ContentError when it should lean on one that is not there."""
    if "rerates" in content:
        fits = [step.id for step in earlier if step.id == content["rerates"] and step.type == StepType.EMOTION]
    elif content.get("uses") == "distortion.question":
        fits = [step.id for step in earlier if step.type == StepType.DISTORTION]
    elif content.get("options_ref") == ACTIVITIES_OF_CHOICE:
        fits = [step.id for step in earlier if step.type == StepType.CHOICE and step.options_ref == SELFCARE_DOMAINS]
    elif content.get("pattern_by_choice"):
        fits = [step.id for step in earlier if step.type == StepType.CHOICE and step.id == content["pattern_by_choice"]["step"]]
    else:
        return ""
    if not fits:
        raise ContentError("leans on an earlier step that is not there")
    return fits[-1]


def _option(content: str | Mapping[str, Any]) -> Option:
    if isinstance(content, str):
        return Option(content, content)
    return Option(content["value"], content["label"], exclusive=bool(content.get("exclusive", False)))


def _pattern(content: Mapping[str, int]) -> Pattern:
    return Pattern(content["in"], content["hold_in"], content["out"], content["hold_out"], content["cycles"])


def _check(exercise: Exercise) -> None:
    if exercise.sharing_default not in ("shared", "client_chooses"):
        raise ContentError(f"sharing_default {exercise.sharing_default!r}")
    if exercise.effort not in (1, 2, 3):
        raise ContentError(f"effort {exercise.effort}")
    for step in exercise.steps:
        _check_step(step)
    if exercise.steps and not any(is_for_now(step) for step in exercise.steps):
        raise ContentError("every step is for later, so that it could never be begun")
    ids = {step.id for step in exercise.steps}
    named = {*exercise.fields, *exercise.fields_if_shared, *(found[0] for found in HEADLINE_FIELD.findall(exercise.headline))}
    if named - ids:
        raise ContentError(f"therapist_sees names {sorted(named - ids)}, which are no steps")


def is_for_now(step: Step) -> bool:
    """Whether it is shown on the first day, whatever is answered."""
    return not step.later and step.show_if is None


def _check_step(step: Step) -> None:
    choosing = step.type in (StepType.CHOICE, StepType.MULTI_CHOICE, StepType.CHECKLIST)
    if step.options_ref and step.options_ref not in OPTION_LISTS:
        problem = f"options_ref {step.options_ref!r}"
    elif choosing and not (step.options or step.options_ref):
        problem = "nothing to choose from"
    elif step.type == StepType.RATING and (step.when not in ("before", "after", "now") or not (step.measure and step.low and step.high)):
        problem = "a rating needs when, measure, low and high"
    elif step.type == StepType.TIMER and step.seconds < 1:
        problem = "a timer needs seconds"
    elif len({option.value for option in step.options}) != len(step.options):
        problem = "an option stands twice"
    else:
        return
    raise ContentError(f"step {step.id}: {problem}")
