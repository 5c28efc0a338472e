"""What the client's pages show, one file a page: the words and rows that a view hands to its template. It reads; it answers no request."""
