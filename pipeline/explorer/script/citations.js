// Citations.
