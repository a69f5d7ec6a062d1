"""What every test of the house stands on: one pytest plugin and its parts."""
