"""A record as a document for others."""
