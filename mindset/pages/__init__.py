"""What the pages of this pillar show."""
