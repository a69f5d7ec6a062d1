"""`./edem demo`: the whole platform with a living sample community, on this machine alone."""
