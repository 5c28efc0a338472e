"""Help in a crisis: emergency numbers and lines by country. Never stores that somebody looked."""
