"""What administrators order for the moment: announcements with a period, channels switched off."""
