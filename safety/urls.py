"""Addresses of this app."""

from django.urls import path

from safety import plan_urls
from safety.views.help_now import help_now
from safety.views.lines import line, lines

app_name = "safety"
urlpatterns = [
    path("help-now/", help_now, name="help_now"),
    path("clinic/settings/lines/", lines, name="lines"),
    path("clinic/settings/lines/<str:country>/<slug:key>/", line, name="line"),
    *plan_urls.urlpatterns,
]
