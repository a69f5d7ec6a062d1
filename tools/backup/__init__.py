"""`./edem backup` and `./edem restore`: the whole of an installation in one file, and back."""
