"""Puts the generated sample into the database, in sets."""
