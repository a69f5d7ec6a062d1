"""Tests of what the stands share."""
