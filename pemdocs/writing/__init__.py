"""Turn a page into a file: Word and PDF from the same page."""
