"""Pages for staff, in Vietnamese, at /can-bo."""
