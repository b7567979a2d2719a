"""The least programs that do the same work as what is measured."""
