"""The formats of workbooks, each read by a module of its own into the same sheets of raw cells."""
