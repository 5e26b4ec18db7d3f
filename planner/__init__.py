"""GPU compute-capacity planner: from a budget file to a verified plan in a workbook."""

__version__ = "0.1.0"
