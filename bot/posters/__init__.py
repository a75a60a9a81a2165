"""Posters with a QR code that opens the page of a procedure as it is on the day somebody scans it."""
