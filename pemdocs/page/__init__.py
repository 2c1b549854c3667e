"""Turn a case into a page: everything it shows, said and placed."""
