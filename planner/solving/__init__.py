"""The only place that knows HiGHS: the matrix, the runs, their status and their proof."""
