"""Dossiers: what several systems show of a filed case, joined into one, and told to those who may know."""
