"""What a site's owner sets: `site.toml` and `vocabulary/`, checked, and which cables a part of an archive has."""
