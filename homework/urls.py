"""Addresses of this app's own pages; dashboard/homework_urls.py adds the two that read other apps too."""

from django.urls import path

from homework.views import end, library, paper

urlpatterns = [
    path("clients/<uuid:client_id>/homework/<uuid:assignment_id>/stop/", end.stop, name="stop"),
    path("clients/<uuid:client_id>/homework/<uuid:assignment_id>/finish/", end.finish, name="finish"),
    path("clients/<uuid:client_id>/homework/<uuid:assignment_id>/paper/", paper.paper, name="paper"),
    path("library/", library.library, name="library"),
    path("library/<slug:key>/", library.exercise, name="exercise"),
]
