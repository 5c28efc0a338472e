"""What a person is told when a start cannot go on."""


class Problem(Exception):
    """One sentence that says what is wrong and what to do; the command line prints it and exits with 1."""


class StopAsked(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM; raised by `Signals.pause` only, never in the middle of a step."""
