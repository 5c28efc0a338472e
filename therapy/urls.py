"""Addresses of this app: staff only."""

from django.urls import path

from therapy.views import goals, notes, plan

app_name = "therapy"
CLIENT = "clients/<uuid:client_id>/"
SESSION = f"{CLIENT}sessions/<uuid:session_id>/"
GOAL = f"{CLIENT}goals/<uuid:goal_id>/"
urlpatterns = [
    path(f"{CLIENT}sessions/plan/", plan.plan_session, name="plan_session"),
    path(f"{SESSION}", notes.session, name="session"),
    path(f"{SESSION}sign/", notes.note_sign, name="note_sign"),
    path(f"{SESSION}amend/", notes.note_amend, name="note_amend"),
    path(f"{SESSION}move/", plan.session_move, name="session_move"),
    path(f"{SESSION}cancel/", plan.session_cancel, name="session_cancel"),
    path(f"{CLIENT}notes/", notes.notes, name="notes"),
    path(f"{CLIENT}notes/private/", notes.private_note_add, name="private_note_add"),
    path(f"{CLIENT}notes/private/<uuid:note_id>/", notes.private_note_edit, name="private_note_edit"),
    path(f"{CLIENT}goals/", goals.goals, name="goals"),
    path(f"{CLIENT}goals/add/", goals.goal_add, name="goal_add"),
    path(f"{GOAL}", goals.goal_edit, name="goal_edit"),
    path(f"{GOAL}rate/", goals.goal_rate, name="goal_rate"),
    path(f"{GOAL}close/", goals.goal_close, name="goal_close"),
]
