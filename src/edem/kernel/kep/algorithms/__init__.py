"""Ukrainian algorithms in pure Python: hashes, signatures, ciphers and key agreement. Nothing here is constant-time."""
