"""Addresses of the jar, both sides."""

from django.urls import path

from mindset import jar_portal_views as mine
from mindset import jar_views as views

app_name = "jar"
MINE = "portal/mindset/jar/"
urlpatterns = [
    path("clients/<uuid:client_id>/mindset/jar/", views.jar, name="desk"),
    path(MINE, mine.jar, name="mine"),
    path(f"{MINE}put/", mine.put_in, name="put"),
    path(f"{MINE}all/", mine.everything, name="all"),
    path(f"{MINE}<uuid:entry_id>/", mine.entry, name="entry"),
    path(f"{MINE}<uuid:entry_id>/out/", mine.take_out, name="out"),
]
