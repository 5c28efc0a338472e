"""What a step's form sent: the fields as the player's rules take them, and names that were typed for the map."""

from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.models import Client, Visibility
from core.errors import Refused
from core.forms import TypedText
from core.ids import uuid7
from homework.models import ExerciseRun
from homework.player.exercise import Step, StepType
from homework.selectors.library import exercise_of
from strengths.services import add_supporter

NAME = TypedText(max_length=200, required=False)


@dataclass
class Posted:
    """`raw` as homework.player.cleaning takes it; `version` of the answer the form was made from, None when rough; `error` about a typed name."""

    step: Step
    raw: dict[str, list[str]]
    version: int | None
    error: str = ""
    names: list[str] = field(default_factory=list)

    @property
    def holds_something(self) -> bool:
        """Whether leaving the page would lose anything: an empty page sent by Back is no answer."""
        answers = any(value.strip() for name, values in self.raw.items() for value in values if name == "answer" or name.startswith("intensity-"))
        return answers or bool(self.names) or "moments_shown" in self.raw


def read_posted(request: ActorRequest, client: Client, run: ExerciseRun, *, look: bool = False) -> Posted:
    """The step and its fields; a typed name is put on the map first, unless `look` only asks what was sent. Raises Refused for an unknown step."""
    try:
        step = exercise_of(run.exercise_version).step(request.POST.get("step", ""))
    except KeyError as error:
        raise Refused(_("Please open this page again.")) from error
    raw = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    if "alone" in raw:  # "Not sure" and the like: one tap, and nothing else counts
        raw["answer"] = raw["alone"][:1]
    raw.pop("skip", None)
    version = raw.get("version", [""])[0]
    posted = Posted(step, raw, int(version) if version.isascii() and version.isdigit() and len(version) < 7 else None)
    if step.type == StepType.PEOPLE:
        posted.names = [name for name in raw.get("new_name", []) if name.strip()]
        if not look:
            _add_names(request, client, run, posted)
    return posted


def _add_names(request: ActorRequest, client: Client, run: ExerciseRun, posted: Posted) -> None:
    """Each name becomes somebody on the client's own map, in the ring the step asks for, and is ticked."""
    shared = run.visibility == Visibility.MY_THERAPIST and run.words_shared
    for name in posted.names:
        try:
            row = add_supporter(
                client=client,
                new_id=_new_id(posted),
                name=NAME.clean(name),
                ring=posted.step.ring or 2,
                visibility=Visibility.MY_THERAPIST if shared else Visibility.ONLY_ME,
                source=run,
                by=request.actor,
            )
        except ValidationError as error:
            posted.error = str(error.messages[0])
        except Refused as refused:
            posted.error = str(refused.message)
        else:
            picked = [] if posted.step.max == 1 else [one for one in posted.raw.get("answer", []) if one != str(row.pk)]
            posted.raw["answer"] = [*picked, str(row.pk)]
            posted.raw["new_name"] = []


def _new_id(posted: Posted) -> UUID:
    """The form's own id for its first name, so that a second send finds the same person."""
    try:
        return UUID(posted.raw.pop("new_id", [""])[0])
    except (ValueError, IndexError):
        return uuid7()
