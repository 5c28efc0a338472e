from django.apps import AppConfig


class StrengthsConfig(AppConfig):
    name = "strengths"
