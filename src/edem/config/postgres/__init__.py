"""Django's PostgreSQL, with one promise more; see base."""
