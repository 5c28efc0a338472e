"""The client's pages, one noun a file."""
