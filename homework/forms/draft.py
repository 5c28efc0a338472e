"""An own exercise while it is written: its form and its steps together, moved about, checked as a whole."""

import re
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.forms import HouseForm
from homework.authoring import CHOOSING, content_of, form_of, steps_of
from homework.forms.own import TYPES, ExerciseForm, StepForm
from homework.models import ExerciseVersion
from homework.player.exercise import ContentError, StepType
from homework.player.parsing import HEADLINE_FIELD, parse_exercise

MOST = 24  # steps
TOTAL = "steps"
FIRST: list[dict[str, Any]] = [{"sid": "step_1", "type": StepType.TEXT}]
STEP_NAMED = re.compile(r"step (\w+): ")


class Draft:
    """`data`: what was sent, else it is filled from `version` (its content), else it is new. `base` is the version that finer points are kept from."""

    def __init__(self, data: QueryDict | None = None, *, version: ExerciseVersion | None = None, base: ExerciseVersion | None = None, **initial: Any) -> None:
        self.data, self.base = data, base
        self.content: dict[str, Any] = {}
        if data is not None:
            self.form = ExerciseForm(data)
            self.steps = [StepForm(data, prefix=f"s{place}", number=place + 1) for place in range(how_many(data))]
        else:
            content = version.content if version is not None else None
            filled = {**form_of(content), "base": version.pk, "number": version.number} if content is not None and version is not None else {}
            self.form = ExerciseForm(initial={**filled, **initial})
            steps = steps_of(content) if content is not None else FIRST
            self.steps = [StepForm(initial=step, prefix=f"s{place}", number=place + 1) for place, step in enumerate(steps)]
        self._offer_earlier()

    def _offer_earlier(self) -> None:
        earlier: list[tuple[str, str]] = []
        for step in self.steps:
            step.offer_earlier(earlier)
            if step["type"].value() in CHOOSING:
                words = str(step["text"].value() or "")
                earlier.append((str(step["sid"].value()), _("step %(n)s: %(text)s") % {"n": step.number, "text": words[:50]}))

    def is_valid(self) -> bool:
        """Every field, then the exercise as a whole; what is wrong stands beside its field."""
        fine = all([self.form.is_valid(), *(step.is_valid() for step in self.steps)])
        if not self.steps:
            self.form.add_error(None, _("It needs at least one step."))
            return False
        self._check_names()
        self._check_conditions()
        if not fine or self.errors:
            return False
        content = content_of(self.form.cleaned_data, [step.cleaned_data for step in self.steps], self.base.content if self.base is not None else None)
        try:
            parse_exercise({**content, "key": "own"})
        except ContentError as error:
            self._say(str(error))
            return False
        self.content = content
        return True

    @property
    def types(self) -> list[tuple[str, Any]]:
        return [(str(value), label) for value, label in TYPES]

    @property
    def errors(self) -> bool:
        return bool(self.form.errors or any(step.errors for step in self.steps))

    @property
    def messages(self) -> list[tuple[str, str]]:
        """(id of the field, message) of everything that is to be changed, in the order of the page."""
        found = []
        for form in (self.form, *self.steps):
            for name, errors in form.errors.items():
                at = form[name].id_for_label if name in form.fields and not form[name].is_hidden else ""
                found += [(at, self._placed(form, name, str(error))) for error in errors]
        return found

    def _placed(self, form: HouseForm, name: str, message: str) -> str:
        """Beside its field a message needs no name; in a list it does, and the number of its step."""
        named = f"{form.fields[name].label}: {message}" if name in form.fields else message
        if not isinstance(form, StepForm):
            return named
        return message if message.startswith(form.place("")) else form.place(named)

    def _check_names(self) -> None:
        named = [str(step.cleaned_data.get("sid", "")) for step in self.steps]
        for step in self.steps:
            if named.count(str(step.cleaned_data.get("sid", ""))) > 1 or step.errors.get("sid"):
                step.errors.pop("sid", None)
                step.add_error(None, step.place(_("Please remove this step and add it again.")))
        unknown = {found[0] for found in HEADLINE_FIELD.findall(self.form.cleaned_data.get("headline", ""))} - set(named)
        if unknown:
            names = ", ".join(f"{{{name}}}" for name in named)
            self.form.add_error("headline", _("There is no step {%(name)s}. There are: %(names)s") % {"name": sorted(unknown)[0], "names": names})

    def _check_conditions(self) -> None:
        choices: dict[str, list[str]] = {}
        for step in self.steps:
            given = step.cleaned_data
            asked = given.get("show_step")
            if asked and asked not in choices:
                step.refuse_at("show_step", _("This needs an earlier step with own lines to choose from. Move it up, or choose another."))
            elif asked and given.get("show_equals") and given["show_equals"] not in choices[asked]:
                step.refuse_at("show_equals", _("That step has no such answer. There are: %(answers)s") % {"answers": ", ".join(choices[asked])})
            if given.get("type") in CHOOSING and given.get("options"):
                choices[str(given.get("sid"))] = list(given["options"])

    def _say(self, message: str) -> None:
        """A sentence of the parser, beside the step it names."""
        named = STEP_NAMED.search(message)
        step = next((step for step in self.steps if named and step.cleaned_data.get("sid") == named[1]), None)
        if step is None:
            self.form.add_error(None, _("This does not make an exercise yet: %(why)s") % {"why": message.removeprefix("own: ")})
        elif "leans on" in message or "does not come before" in message:
            step.refuse_at("text", _("It builds on an earlier step that is gone or stands below. Bring that back above it, or remove this one."))
        else:
            step.refuse_at("text", message[named.end() :] if named else message)

    def without_errors(self) -> "Draft":
        """For a page that comes back because steps were moved: nothing is to be changed yet."""
        for form in (self.form, *self.steps):
            form.full_clean()
            form.errors.clear()
        return self


def how_many(data: QueryDict) -> int:
    asked = data.get(TOTAL, "")
    return min(int(asked), MOST) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0


def rearranged(data: QueryDict, act: str) -> QueryDict:
    """What was sent, with a step added (`add`), removed, or moved (`remove-2`, `up-2`, `down-2`); what makes no sense changes nothing."""
    count, (name, place) = how_many(data), _act(act)
    order: list[int | None] = list(range(count))
    if name == "add" and count < MOST:
        order.append(None)
    elif name == "remove" and place in order:
        order.remove(place)
    elif name in ("up", "down") and place in order:
        other = place + (-1 if name == "up" else 1)
        if other in order:
            order[place], order[other] = order[other], order[place]
    found = QueryDict(mutable=True)
    for key, values in data.lists():
        if not re.match(r"s\d+-", key):
            found.setlist(key, values)
    for new, old in enumerate(order):
        if old is None:
            found[f"s{new}-sid"], found[f"s{new}-type"], found[f"s{new}-shared"] = _free_name(data, count), data.get("add_type", StepType.TEXT), "on"
        for key, values in data.lists():
            if old is not None and key.startswith(f"s{old}-"):
                found.setlist(f"s{new}-{key.split('-', 1)[1]}", values)
    found[TOTAL] = str(len(order))
    return found


def _act(act: str) -> tuple[str, int]:
    name, _dash, place = act.partition("-")
    return name, int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1


def _free_name(data: QueryDict, count: int) -> str:
    taken = {data.get(f"s{place}-sid") for place in range(count)}
    return next(name for n in range(count + 1, 10_000) if (name := f"step_{n}") not in taken)
