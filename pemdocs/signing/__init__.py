"""Lead papers from draft to signature: versions to be signed, signatures and scans, what each file is worth."""
