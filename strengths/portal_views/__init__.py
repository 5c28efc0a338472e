"""The client's own pages, one noun a file."""
