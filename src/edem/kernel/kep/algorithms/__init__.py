"""Ukrainian algorithms in pure Python: hashes, the DSTU 4145 signature, GOST 28147 and key agreement. Not constant-time."""
