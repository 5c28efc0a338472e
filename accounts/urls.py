"""Addresses of this app. Signing in and out: accounts/sign_in_urls.py."""

from django.urls import path

from accounts import session_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("accounts/switch/", views.switch, name="switch"),
    path("accounts/theme/", views.theme, name="theme"),
    path("accounts/still-here/", session_views.still_here, name="still_here"),
    path("accounts/sessions/", session_views.sessions, name="sessions"),
    path("accounts/profile/", views.profile, name="profile"),
]
