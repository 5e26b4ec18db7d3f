"""An independent witness: finds the best plan of a tiny case by trying every whole-number plan."""
