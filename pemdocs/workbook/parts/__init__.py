"""The parts of an Excel file as bytes, and edits that leave every other byte as it is."""
