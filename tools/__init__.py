"""The launcher's rooms. Standard library only: they run before the environment exists."""
