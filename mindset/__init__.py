"""A balanced, positive mindset. For now it reads what the exercises of this pillar left on the timeline."""
