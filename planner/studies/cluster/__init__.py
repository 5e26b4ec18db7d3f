"""Jobs on a cluster of machines, by Dask; nothing else in the program knows of it."""
