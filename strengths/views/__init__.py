"""The desk's pages of this pillar."""
