"""A gateway of SMS for the demo: speaks the documented JSON, sends nothing, and shows every message on a page."""
