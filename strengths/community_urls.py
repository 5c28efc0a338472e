"""Addresses of the clinic's directory, both sides."""

from django.urls import path

from strengths.views import community

app_name = "community"
urlpatterns = [
    path("directory/", community.directory_page, name="directory"),
    path("directory/add/", community.directory_add, name="add"),
    path("directory/<uuid:service_id>/", community.directory_service, name="service"),
    path("directory/<uuid:service_id>/checked/", community.directory_checked, name="checked"),
    path("directory/<uuid:service_id>/away/", community.directory_away, name="away"),
    path("clients/<uuid:client_id>/people/from-directory/", community.from_directory, name="for_client"),
    path("portal/people/services/", community.services, name="services"),
    path("portal/people/services/put/", community.services_put, name="services_put"),
]
