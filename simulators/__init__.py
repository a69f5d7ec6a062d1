"""Stands in for systems that cannot be reached from here. Separate programs: they import nothing of the platform."""
