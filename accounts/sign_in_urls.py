"""The pages of allauth that the product uses, and no others: sign-in, sign-out, forgotten and changed passwords.

allauth also reverses `account_signup` and `account_email`; it does without when they are not routed, and they stay closed.
"""

from allauth.account import views
from django.urls import path, re_path

from accounts.views import sign_out

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", sign_out, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", views.password_reset_from_key, name="account_reset_password_from_key"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
