"""Copies of everything in one file, of either kind of database into either kind."""
