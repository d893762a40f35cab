"""Commands, one file a noun; heavy imports stand inside the command."""
