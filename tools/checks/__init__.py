"""`./edem check`: what nobody has to remember, because it is looked at every time."""
