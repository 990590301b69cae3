"""A package, since a module here and one in tests/kinds may have the same name."""
