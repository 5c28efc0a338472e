"""The people the work is for: who they are, who cares for them, consents, check-ins, and the two tables that every pillar writes.

Those are the timeline and practice. Not for what one pillar alone knows.
"""
