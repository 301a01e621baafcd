"""The local preview: watch the content, rebuild, serve, reload."""
