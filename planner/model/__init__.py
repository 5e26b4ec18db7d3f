"""The mathematics: decisions, named sums, one rule family a file, the objective, and one door into PuLP."""
