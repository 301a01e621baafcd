"""A finished site held against what was promised."""
