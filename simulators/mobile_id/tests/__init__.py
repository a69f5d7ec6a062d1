"""Tests of the mobile signature service over a real port."""
