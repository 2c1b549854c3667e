"""Excel in and out: read what people have, write a workbook to fill in."""
