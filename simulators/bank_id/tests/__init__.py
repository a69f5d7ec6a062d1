"""Tests of the stand over a real port."""
