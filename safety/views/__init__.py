"""Help now, for everybody; and the clinic's crisis lines, for its office."""
