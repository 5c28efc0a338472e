"""Reminders: when a client wants one, the outbox, sending, and what became of each one. What they remind of, the floors above say (REMINDER_KINDS)."""
