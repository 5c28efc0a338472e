"""What this pillar's pages take in."""

from mindset.forms.thoughts import ThoughtForm

__all__ = [
    "ThoughtForm",
]
