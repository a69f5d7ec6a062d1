"""The rooms behind the one port, and the way into them (design §2.1)."""
