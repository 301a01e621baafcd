"""What the codes in a cable mean, in a few words at the place where they stand; the glossary has all of them."""
