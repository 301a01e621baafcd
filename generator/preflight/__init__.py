"""What comes before a site goes out: it is built, checked, and made a release."""
