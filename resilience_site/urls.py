"""Every address of the product."""

from django.urls import include, path

from resilience_site import celery  # noqa: F401  (so that tasks sent from a request know their broker)

urlpatterns = [
    path("accounts/", include("accounts.sign_in_urls")),
]
