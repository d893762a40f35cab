"""What is recorded: models, words and rules. Pure: no I/O, no clock, no store."""
