"""Programs that the tests of faults run: the command with something going wrong inside, and a storm of kills."""
