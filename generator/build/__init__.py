"""A build: what may be asked of it, its stages, and the workers that read and render."""
