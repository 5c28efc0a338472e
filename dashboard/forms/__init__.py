"""Forms of pages that show several apps."""
