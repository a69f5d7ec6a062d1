"""A mobile signature service (ETSI TS 102 204) with its subscribers' phones on a page: look, and press for them."""
