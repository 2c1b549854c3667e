"""Turn rows into linked, typed records: schemas, conversion, references."""
