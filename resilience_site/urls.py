"""Every address of the product. Each app's own list says which of its two sides an address belongs to."""

from django.urls import include, path

from resilience_site import celery  # noqa: F401  (so that tasks sent from a request know their broker)
from resilience_site.dev_mail import dev_mail
from resilience_site.health import healthz, readyz

handler400 = "resilience_site.errors.bad_request"
handler403 = "resilience_site.errors.not_allowed"
handler404 = "resilience_site.errors.not_found"
handler429 = "resilience_site.errors.too_many_requests"  # allauth's name
handler500 = "resilience_site.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("dev/mail/", dev_mail, name="dev_mail"),
    path("accounts/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("", include("safety.urls")),
    path("", include("clients.urls")),
    path("", include("reminders.urls")),
    path("", include("therapy.urls")),
    path("", include("homework.reading_urls")),
    path("", include("homework.urls")),
    path("", include("strengths.people_urls")),
    path("", include("coping.urls")),
    path("", include("selfcare.urls")),
    path("", include("selfcare.compassion_urls")),
    path("", include("mindset.jar_urls")),
    path("", include("mindset.urls")),
    path("", include("strengths.urls")),
    path("", include("strengths.community_urls")),
    path("", include("dashboard.urls")),
    path("", include("portal.urls")),
]
