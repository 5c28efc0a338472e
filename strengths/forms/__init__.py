"""What this app's pages take in."""
