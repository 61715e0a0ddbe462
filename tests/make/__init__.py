"""One plain maker per table: rows for tests that need them without the story of how they came about."""
