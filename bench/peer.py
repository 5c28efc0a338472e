"""The peer that anybody can rerun: Django admin's change list of 200 clients, without a wall. It is wired here and nowhere in the product."""

from typing import Any

from django.contrib import admin
from django.test import RequestFactory
from django.test.utils import override_settings
from django.urls import path

from clients.models import Client

SITE = admin.AdminSite(name="admin")


class Anybody:
    """May do everything, so that no permission is asked of the database."""

    is_active = is_staff = is_superuser = is_authenticated = True
    pk = id = 1

    def has_perm(self, *_: Any) -> bool:
        return True

    has_module_perms = has_perm

    def has_usable_password(self) -> bool:
        return False

    def get_username(self) -> str:
        return "bench"

    get_short_name = get_username


@admin.register(Client, site=SITE)
class ClientAdmin(admin.ModelAdmin):
    list_display = ("called", "pronouns", "status", "started_on", "timezone", "clinic")
    list_select_related = ("clinic",)
    list_per_page = 200


urlpatterns = [path("admin/", SITE.urls)]  # after the registration: the site lists its addresses when asked


@override_settings(ROOT_URLCONF=__name__)
def change_list() -> bytes:
    request = RequestFactory().get("/admin/clients/client/")
    request.user = Anybody()  # type: ignore[assignment]
    answer = SITE._registry[Client].changelist_view(request)
    rendered = answer.render()  # type: ignore[attr-defined]
    assert rendered.status_code == 200 and rendered.content.count(b"action-select") >= 1, rendered.status_code
    return bytes(rendered.content)
