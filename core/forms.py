"""Form parts every app uses: text fields that keep what was typed, days, the id of a new row, the version of an edited one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.errors import Refused
from core.ids import uuid7
from core.text import clean_text, is_blank


class TypedText(forms.CharField):
    """One line or several; length counted with a line break as one character, as the browser's counter does."""

    def __init__(self, *, max_length: int, lines: int = 1, **kwargs: Any) -> None:
        if lines > 1:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        text = clean_text(str(value)) if value is not None else ""
        return super().to_python(text) or ""

    def run_validators(self, value: Any) -> None:
        if value and is_blank(value):
            raise ValidationError(_("Nothing in this can be seen. Please type it again."), code="blank")
        super().run_validators(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not isinstance(self.widget, forms.Textarea) and "\n" in value:
            raise ValidationError(_("One line only, please."), code="lines")


LINE_MAX, LINES_MAX = 200, 20


class LinesField(TypedText):
    """One thing a line; answers the list of them, each once. Empty lines are left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LINE_MAX * LINES_MAX, lines=4, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > LINES_MAX:
            raise ValidationError(_("Twenty lines at most, please."), code="lines")
        if any(len(line) > LINE_MAX for line in lines):
            raise ValidationError(_("One of these lines is long. Please keep each under 200 characters."), code="long")
        return list(dict.fromkeys(lines))


class DayField(forms.DateField):
    """A day, in the browser's own way to choose one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), input_formats=["%Y-%m-%d"], **kwargs)


class HouseForm(forms.Form):
    """A form that can show a service's refusal beside its field."""

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Let a field of choices offer these (value, label)."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def refuse(self, refused: Refused) -> None:
        self.add_error(refused.field if refused.field in self.fields else None, str(refused.message))


class CreateForm(HouseForm):
    """Carries the id of the row it will make, so that a second send of the same form finds that row."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class EditForm(HouseForm):
    """Carries the version it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
