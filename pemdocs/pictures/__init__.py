"""Turn data into drawings: calendars and timelines, charts."""
