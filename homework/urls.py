"""Addresses of this app: staff only. Assigning and what came back read other apps too, so they are the dashboard's."""

from django.urls import path

from homework.views import end, library, paper

app_name = "homework"
urlpatterns = [
    path("clients/<uuid:client_id>/homework/<uuid:assignment_id>/stop/", end.stop, name="stop"),
    path("clients/<uuid:client_id>/homework/<uuid:assignment_id>/finish/", end.finish, name="finish"),
    path("clients/<uuid:client_id>/homework/<uuid:assignment_id>/paper/", paper.paper, name="paper"),
    path("library/", library.library, name="library"),
    path("library/<slug:key>/", library.exercise, name="exercise"),
    path("library/<slug:key>/paper/", paper.blank, name="blank"),
]
