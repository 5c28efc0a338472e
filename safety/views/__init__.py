"""Views of this app, one noun a file: Help now, for everybody; the clinic's crisis lines; the safety plan at the desk."""
