"""Addresses of the homework pages: the app's own, and the two that also read sessions and the pillars' words, whose views are the desk's."""

from django.urls import path

from dashboard.views.assign import assign
from dashboard.views.homework import homework
from homework.urls import urlpatterns as own_pages

app_name = "homework"
urlpatterns = [
    path("clients/<uuid:client_id>/homework/", homework, name="client"),
    path("clients/<uuid:client_id>/homework/assign/", assign, name="assign"),
    *own_pages,
]
