"""Targets: what a person or a territory is to reach in a period, of all goods or of one category, and how far they
are. What was reached is figures'; a target only says what it is held against.
"""
