"""Tests of the widget's own side over a real port."""
