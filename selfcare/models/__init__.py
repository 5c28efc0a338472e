"""Self-care and self-compassion."""

from selfcare.models.compassion import CompassionNote, NoteKind

__all__ = ["CompassionNote", "NoteKind"]
