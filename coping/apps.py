from django.apps import AppConfig


class CopingConfig(AppConfig):
    name = "coping"
