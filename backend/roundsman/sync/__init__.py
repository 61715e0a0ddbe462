"""The sync engine: commands up (push), rows down (pull), and the change feed between them. It knows core and
the registry,
and no domain. The protocol and its laws are in backend/decisions/0004-sync-engine.md.
"""
