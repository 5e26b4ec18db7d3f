"""Several operators that share programmes and supply: what is best for all, and what each would do by itself."""
