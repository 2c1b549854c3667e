"""Turn people’s consents into what may be printed of them."""
