"""The ground floor: plain Python that every service stands on. Knows no Django and no network."""
