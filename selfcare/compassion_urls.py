"""Addresses of self-compassion, both sides."""

from django.urls import path

from selfcare import compassion_portal_views as mine
from selfcare import compassion_views as desk

app_name = "kind"
CLIENT = "clients/<uuid:client_id>/selfcare/kind/"
MINE = "portal/selfcare/kind/"
urlpatterns = [
    path(CLIENT, desk.kind, name="desk"),
    path(f"{CLIENT}together/", desk.together, name="desk_together"),
    path(f"{CLIENT}add/", desk.add, name="desk_add"),
    path(MINE, mine.kind, name="mine"),
    path(f"{MINE}catch/", mine.catch, name="catch"),
    path(f"{MINE}enough/", mine.good_enough, name="good_enough"),
    path(f"{MINE}of/<uuid:line_id>/", mine.line, name="line"),
    path(f"{MINE}<uuid:note_id>/", mine.note, name="note"),
    path(f"{MINE}<uuid:note_id>/again/", mine.again, name="again"),
    path(f"{MINE}<uuid:note_id>/back/", mine.back, name="back"),
]
