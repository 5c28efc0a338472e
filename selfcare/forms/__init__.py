"""The forms of this pillar."""
