"""Addresses of the support map, both sides."""

from django.urls import path

from strengths.portal_views import people as mine
from strengths.views import people as desk

app_name = "people"
CLIENT = "clients/<uuid:client_id>/people/"
MINE = "portal/people/"
urlpatterns = [
    path(CLIENT, desk.people, name="desk"),
    path(f"{CLIENT}add/", desk.add, name="desk_add"),
    path(f"{CLIENT}<uuid:supporter_id>/", desk.change, name="desk_person"),
    path(f"{CLIENT}<uuid:supporter_id>/state/", desk.state, name="desk_state"),
    path(MINE, mine.people, name="mine"),
    path(f"{MINE}add/", mine.add, name="add"),
    path(f"{MINE}reached/<uuid:reach_out_id>/", mine.reach_change, name="reach_change"),
    path(f"{MINE}reached/<uuid:reach_out_id>/back/", mine.reach_back, name="reach_back"),
    path(f"{MINE}<uuid:supporter_id>/", mine.person, name="person"),
    path(f"{MINE}<uuid:supporter_id>/change/", mine.change, name="change"),
    path(f"{MINE}<uuid:supporter_id>/move/", mine.move, name="move"),
    path(f"{MINE}<uuid:supporter_id>/state/", mine.state, name="state"),
    path(f"{MINE}<uuid:supporter_id>/reach/", mine.reach, name="reach"),
]
