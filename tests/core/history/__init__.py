"""A small history of migrations for the tests of the runner."""
