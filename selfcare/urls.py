"""Addresses of this app, both sides."""

from django.urls import path

from selfcare import portal_views as mine
from selfcare import views

app_name = "selfcare"
CLIENT = "clients/<uuid:client_id>/selfcare/"
MINE = "portal/selfcare/"
urlpatterns = [
    path(CLIENT, views.week, name="desk"),
    path(f"{CLIENT}plan/", views.plan, name="desk_plan"),
    path(f"{CLIENT}add/", views.add, name="desk_add"),
    path(f"{CLIENT}history/", views.changes, name="desk_history"),
    path(f"{CLIENT}<uuid:activity_id>/", views.change, name="desk_activity"),
    path(f"{CLIENT}<uuid:activity_id>/state/", views.state, name="desk_state"),
    path(MINE, mine.week, name="mine"),
    path(f"{MINE}plan/", mine.plan, name="plan"),
    path(f"{MINE}add/", mine.add, name="add"),
    path(f"{MINE}history/", mine.changes, name="history"),
    path(f"{MINE}smaller/", mine.smaller, name="smaller"),
    path(f"{MINE}night/", mine.night, name="night"),
    path(f"{MINE}entry/<uuid:entry_id>/", mine.entry, name="entry"),
    path(f"{MINE}entry/<uuid:entry_id>/back/", mine.entry_back, name="entry_back"),
    path(f"{MINE}<uuid:activity_id>/", mine.activity, name="activity"),
    path(f"{MINE}<uuid:activity_id>/change/", mine.change, name="change"),
    path(f"{MINE}<uuid:activity_id>/state/", mine.state, name="state"),
    path(f"{MINE}<uuid:activity_id>/tap/", mine.tap, name="tap"),
    path(f"{MINE}<uuid:activity_id>/day/", mine.day, name="day"),
    path(f"{MINE}<uuid:activity_id>/smaller/", mine.smaller, name="smaller_one"),
]
