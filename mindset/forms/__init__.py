"""Forms of this pillar."""
