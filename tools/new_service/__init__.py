"""`./edem new-service NAME`: the skeleton that every service grows from."""
