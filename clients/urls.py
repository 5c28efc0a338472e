"""Addresses of this app."""

from django.urls import URLPattern, path  # noqa: F401

app_name = "clients"
urlpatterns: list[URLPattern] = []
