"""People who sign in, the clinics they belong to and in which role, and how they are invited. Not for anything about therapy."""
