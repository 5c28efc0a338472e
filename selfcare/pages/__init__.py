"""What this app's pages show. They read, they never write."""
