"""The condition algebra: a closed set of nodes, judged three-valued, explained, and mended."""
