"""A provider of trust services in a box, for the simulators: a root, certificates of fictional people, OCSP and lists.

Its keys come from a seed that anyone can read. Whoever trusts its root trusts nobody's identity.
"""
