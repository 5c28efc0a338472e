"""Settings, addresses, the web and worker processes, the embedded servers. Nothing imports it."""
