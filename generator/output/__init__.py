"""The output folder: what in it is ours, how a new site takes the place of the old one, and how it goes again."""
