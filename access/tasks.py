"""Celery's minute."""

from celery import shared_task

from access.sealing import seal_trails


@shared_task
def seal() -> None:
    seal_trails()
