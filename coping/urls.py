"""Addresses of this app, both sides."""

from django.urls import path

from coping import portal_views as mine
from coping import views

app_name = "coping"
CLIENT = "clients/<uuid:client_id>/coping/"
MINE = "portal/coping/"
urlpatterns = [
    path(CLIENT, views.coping, name="desk"),
    path(f"{CLIENT}plan/", views.plan_edit, name="desk_plan"),
    path(f"{CLIENT}history/", views.plan_history, name="desk_history"),
    path(f"{CLIENT}add/", views.strategy_add, name="desk_add"),
    path(f"{CLIENT}<uuid:strategy_id>/", views.strategy_change, name="desk_strategy"),
    path(f"{CLIENT}<uuid:strategy_id>/state/", views.strategy_state, name="desk_state"),
    path(MINE, mine.coping, name="mine"),
    path(f"{MINE}plan/", mine.plan_edit, name="plan"),
    path(f"{MINE}history/", mine.plan_history, name="history"),
    path(f"{MINE}add/", mine.strategy_add, name="add"),
    path(f"{MINE}ways/<slug:key>/", mine.ways, name="way"),
    path(f"{MINE}used/<uuid:use_id>/", mine.use_change, name="use_change"),
    path(f"{MINE}used/<uuid:use_id>/again/", mine.use_again, name="use_again"),
    path(f"{MINE}used/<uuid:use_id>/back/", mine.use_back, name="use_back"),
    path(f"{MINE}<uuid:strategy_id>/", mine.strategy, name="strategy"),
    path(f"{MINE}<uuid:strategy_id>/change/", mine.strategy_change, name="change"),
    path(f"{MINE}<uuid:strategy_id>/state/", mine.strategy_state, name="state"),
    path(f"{MINE}<uuid:strategy_id>/use/", mine.use, name="use"),
]
