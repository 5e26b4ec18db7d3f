"""Plans of two stages: what is decided by a date is one and the same in all futures, everything else adapts."""
