"""`{% bundle_css "css/portal-all.css" %}`, `{% bundle_js "js/portal-all.js" %}`: a bundle of core.bundles, as one link where it was collected."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.bundles import files_of

register = template.Library()


@register.simple_tag
def bundle_css(name: str) -> SafeString:
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((address,) for address in files_of(name)))


@register.simple_tag
def bundle_js(name: str) -> SafeString:
    return format_html_join("\n", '<script type="module" fetchpriority="low" src="{}"></script>', ((address,) for address in files_of(name)))
