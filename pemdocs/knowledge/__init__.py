"""What the world knows, whatever the project: the 90 days, passports, calendars, identifiers, names, typography."""
