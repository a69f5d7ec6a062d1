"""Places on the Earth: points, boxes, cells of a B-tree, areas, and the two forms in which a map gets its points."""
