"""Addresses of this app: the client's own, the desk's, and the one that stops a message without signing in."""

from django.urls import path

from reminders import portal_views, views

app_name = "reminders"
urlpatterns = [
    path("portal/reminders/", portal_views.reminders, name="mine"),
    path("portal/reminders/pause/", portal_views.pause_mine, name="pause_mine"),
    path("portal/reminders/quiet/", portal_views.quiet, name="quiet"),
    path("portal/reminders/<uuid:reminder_id>/", portal_views.open_one, name="open"),
    path("reminders/off/<str:token>/", portal_views.off, name="off"),
    path("clients/<uuid:client_id>/reminders/", views.reminders, name="desk"),
    path("clients/<uuid:client_id>/reminders/fewer/", views.fewer, name="fewer"),
    path("clients/<uuid:client_id>/reminders/pause/", views.pause_hers, name="pause"),
    path("clients/<uuid:client_id>/reminders/off/", views.off, name="off_desk"),
]
