"""{% scope %}: the hidden field that stands in every form of a gated page. `|initials`: a name for a small round face."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from access.scope import SCOPE_FIELD, scope_value
from core.text import initials

register = template.Library()


@register.simple_tag(takes_context=True)
def scope(context: dict[str, Any]) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', SCOPE_FIELD, scope_value(context["request"]))


@register.filter(name="initials")
def initials_of(name: str) -> str:
    return initials(str(name))
