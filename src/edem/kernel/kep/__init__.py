"""КЕП, the qualified electronic signature of Ukraine: bytes in, typed answers out.

Plain Python and `cryptography`: no Django, no network, no clock, no settings.
"""
