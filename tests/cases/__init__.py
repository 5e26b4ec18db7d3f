"""Small cases, written short."""
