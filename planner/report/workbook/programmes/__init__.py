"""The sheet Subsidies: what programmes give, cap, demand and take back."""
