"""A base map of places that do not exist: the very streets that the sample's reports lie on, as one PMTiles file."""
