"""A post office for the demo: takes every letter over real SMTP, delivers none, and shows them on a page."""
