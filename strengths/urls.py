"""Addresses of this app, both sides."""

from django.urls import path

from strengths.portal_views import strengths as mine
from strengths.views import strengths as desk

app_name = "strengths"
CLIENT = "clients/<uuid:client_id>/strengths/"
MINE = "portal/strengths/"
STRENGTHS = [
    path(CLIENT, desk.strengths, name="desk"),
    path(f"{CLIENT}add/", desk.strength_add, name="desk_add"),
    path(f"{CLIENT}moments/<uuid:moment_id>/", desk.moment_change, name="desk_moment_change"),
    path(f"{CLIENT}moments/<uuid:moment_id>/back/", desk.moment_back, name="desk_moment_back"),
    path(f"{CLIENT}<uuid:strength_id>/moment/", desk.moment_add, name="desk_moment"),
    path(f"{CLIENT}<uuid:strength_id>/off/", desk.strength_off, name="desk_off"),
    path(MINE, mine.strengths, name="mine"),
    path(f"{MINE}choose/", mine.choose, name="choose"),
    path(f"{MINE}moments/<uuid:moment_id>/", mine.moment_change, name="moment_change"),
    path(f"{MINE}moments/<uuid:moment_id>/back/", mine.moment_back, name="moment_back"),
    path(f"{MINE}<uuid:strength_id>/", mine.one, name="one"),
    path(f"{MINE}<uuid:strength_id>/moment/", mine.moment_add, name="moment"),
    path(f"{MINE}<uuid:strength_id>/readers/", mine.readers, name="readers"),
    path(f"{MINE}<uuid:strength_id>/off/", mine.off, name="off"),
]
urlpatterns = [*STRENGTHS]
