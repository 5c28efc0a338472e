"""Staff pages for appointments, notes and goals, one file a page."""
