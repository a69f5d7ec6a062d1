"""Signatures by КЕП, checked: in processes of their own, with what issuers say of revocation, told in plain words."""
