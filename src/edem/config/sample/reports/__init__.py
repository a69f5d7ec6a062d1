"""The sample's problem reports: two years of them, told from texts, places and chance. Pure."""
