"""Self-care: the client's own week, its logs and nights; and what exercises of this pillar leave there."""
