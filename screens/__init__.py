"""The face: one screen a file, its .tcss beside it."""
