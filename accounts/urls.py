"""Addresses of this app. Signing in and out: accounts/sign_in_urls.py."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("accounts/switch/", views.switch, name="switch"),
    path("accounts/theme/", views.theme, name="theme"),
    path("accounts/profile/", views.profile, name="profile"),
]
