"""Addresses of the safety plan, both sides; safety/urls.py takes them in."""

from django.urls import path

from safety.portal_views import plan as mine
from safety.views import plan as desk

CLIENT = "clients/<uuid:client_id>/safety-plan/"
MINE = "portal/safety-plan/"
urlpatterns = [
    path(CLIENT, desk.plan, name="desk_plan"),
    path(f"{CLIENT}review/", desk.plan_review, name="desk_review"),
    path(f"{CLIENT}history/", desk.plan_history, name="desk_history"),
    path(f"{CLIENT}print/", desk.plan_paper, name="desk_paper"),
    path(f"{CLIENT}steps/<slug:step_key>/", desk.plan_step, name="desk_step"),
    path(MINE, mine.plan, name="plan"),
    path(f"{MINE}history/", mine.plan_history, name="plan_history"),
    path(f"{MINE}print/", mine.plan_paper, name="plan_paper"),
    path(f"{MINE}steps/<slug:step_key>/", mine.plan_step, name="plan_step"),
]
