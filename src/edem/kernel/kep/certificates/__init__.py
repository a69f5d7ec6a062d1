"""X.509 certificates of КЕП: reading them, their keys, revocation lists, OCSP answers, and paths to a trusted root."""
