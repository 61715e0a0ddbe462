"""When a target was found reached, so that it is told once."""

ID = "0028_reached_targets"
DESCRIPTION = "reached targets are told"

STATEMENTS = ["ALTER TABLE targets ADD COLUMN reached_at bigint"]
