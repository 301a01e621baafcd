"""The site: which pages there are, what each shows, and how they reach the output folder."""
