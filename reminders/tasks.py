"""Celery's tick. It carries nothing: what is due stands in the outbox."""

from celery import shared_task

from reminders.services import send_reminders


@shared_task
def tick() -> None:
    send_reminders()
