"""Addresses of this app, both sides."""

from django.urls import path

from mindset import portal_views as mine
from mindset import views

app_name = "mindset"
CLIENT = "clients/<uuid:client_id>/mindset/"
MINE = "portal/mindset/"
urlpatterns = [
    path(CLIENT, views.mindset, name="desk"),
    path(f"{CLIENT}thoughts/<uuid:record_id>/", views.thought, name="desk_thought"),
    path(MINE, mine.mindset, name="mine"),
    path(f"{MINE}thoughts/<uuid:record_id>/", mine.thought, name="thought"),
    path(f"{MINE}thoughts/<uuid:record_id>/change/", mine.thought_change, name="change"),
    path(f"{MINE}thoughts/<uuid:record_id>/back/", mine.thought_back, name="back"),
]
