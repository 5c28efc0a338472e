"""Every address of the product. Each app's own list says which of its two sides an address belongs to."""

from django.urls import include, path

from resilience_site import celery  # noqa: F401  (so that tasks sent from a request know their broker)

urlpatterns = [
    path("accounts/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("", include("safety.urls")),
    path("", include("clients.urls")),
    path("", include("therapy.urls")),
    path("", include("homework.urls")),
    path("", include("dashboard.urls")),
    path("", include("portal.urls")),
]
