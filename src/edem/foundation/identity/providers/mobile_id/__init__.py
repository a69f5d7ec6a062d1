"""MobileID asked directly: mobile signature service messages of ETSI TS 102 204 over SOAP."""
