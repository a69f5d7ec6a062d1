"""Panels of the services on the council's own site: a frame that shows what is public and opens the platform to act."""
