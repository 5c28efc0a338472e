"""What the pages of an exercise show: in full for therapists, and as a sheet of paper. No database."""
