"""Self-care and self-compassion. For now it reads what the exercises of this pillar left on the timeline."""
