"""Pages that show several apps, one file a page."""
