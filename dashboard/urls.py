"""Addresses of the desk."""

from django.urls import path

from dashboard.views.caseload import caseload_page
from dashboard.views.record import record, timeline_page

app_name = "dashboard"
urlpatterns = [
    path("caseload/", caseload_page, name="caseload"),
    path("clients/<uuid:client_id>/", record, name="record"),
    path("clients/<uuid:client_id>/timeline/", timeline_page, name="timeline"),
]
