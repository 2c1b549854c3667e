"""Turn a view into a Word file by a template that somebody has made in Word."""
