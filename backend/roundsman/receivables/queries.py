"""Reads of receivables, each starting from the person who asks. Nothing here writes."""
