"""What the act and the charter say about problem reports. Pure."""
