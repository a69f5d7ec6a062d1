"""Builders of keys, certificates, lists, answers and messages: for fixtures and simulators only.

Nothing here is constant-time, and anyone can read the seeds of its keys: no production code may import this package.
"""
