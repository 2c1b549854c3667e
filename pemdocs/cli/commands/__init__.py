"""One module for each command, which it calls ``command``: a module that is put here is a command."""
