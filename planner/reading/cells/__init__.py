"""What people write into cells: numbers, months, units and headers, understood where only one thing can be meant."""
