"""Copies of published procedures that are poorer than the record: read to check it, never published."""
