"""The servers `make run` and the tests need, started from wheels: PostgreSQL and Valkey, and one supervisor over them.

Nothing here imports Django: the supervisor stays small and starts in a moment. `python -m resilience_site.embedded --help` says what it can do.
"""
