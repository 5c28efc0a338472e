"""The client's own pages: Today, the player, privacy. No models: it reads selectors and calls services of the floors below."""
