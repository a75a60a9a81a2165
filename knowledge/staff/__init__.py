"""Members of staff, what they may do, and the record of what they did."""
