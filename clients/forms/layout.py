"""How crispy-forms draws staff forms: with the house's own components, so that they look like every other page."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout


def desk_helper(*parts: Any) -> FormHelper:
    """For {% crispy form %} inside a <form> that the template writes, with its token, its scope and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    helper.form_show_errors = False  # components/error_summary.html and field.html show them
    helper.render_hidden_fields = True
    helper.field_template = "components/field.html"
    helper.layout = Layout(*parts)
    return helper


def section(title: Any, *parts: Any) -> Fieldset:
    """A part of the form that begins with its heading on the ink rule."""
    return Fieldset(title, *parts, template="components/form_section.html")


def pair(*parts: Any) -> Div:
    """Fields beside each other where there is room."""
    return Div(*parts, css_class="pair-f")


class Part(Field):
    """A field drawn by one of the house's components, whose words are set here and never taken over from what stands around it."""

    words: dict[str, Any] = {}

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", extra_context: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return super().render(form, context, template_pack, extra_context={**(extra_context or {}), **self.words}, **kwargs)


class Words(Part):
    """A field that holds a name or somebody's words: serif."""

    template = "components/field.html"
    words = {"words": True}


class Quiet(Part):
    """A field that may be empty without being called optional: an empty one says something."""

    template = "components/field.html"
    words = {"quiet": True}


class Choices(Part):
    """A row of radios, named by its field's own label."""

    template = "components/choice_row.html"
    words = {"legend": "", "words": False}
