"""What the reference pages are made of: hand-written frames, and the parts that come from the code."""
