"""What a user may say: frozen models, one noun a file; ``case.py`` is the whole problem."""
