"""Identity here: people and their roles, the tree of territories, who belongs to it since when, signing in.

What each role may do is said by the domain that owns the thing, not here.
"""
