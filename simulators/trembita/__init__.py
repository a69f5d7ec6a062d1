"""A stand of «Трембіта»: a security server with one register of residents behind it. Separate from the platform."""
