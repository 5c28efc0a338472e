"""Addresses of this app."""

from django.urls import path

from safety import plan_urls
from safety.views import help_now

app_name = "safety"
urlpatterns = [path("help-now/", help_now, name="help_now"), *plan_urls.urlpatterns]
