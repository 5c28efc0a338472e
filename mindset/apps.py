from django.apps import AppConfig


class MindsetConfig(AppConfig):
    name = "mindset"
