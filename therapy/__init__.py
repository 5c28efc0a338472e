"""The work in the room: sessions and their log, notes and amendments, private notes, goals. Not for homework or the pillars' entries."""
