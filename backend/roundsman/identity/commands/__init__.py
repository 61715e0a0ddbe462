"""Every write of identity except signing in and out, which nobody is signed in for."""

from roundsman.identity.commands.people import (
    add_person,
    change_password,
    deactivate_person,
    edit_person,
    hash_acceptable,
    insert_person,
    reactivate_person,
    set_password,
)
from roundsman.identity.commands.replicas import revoke_replica, wipe_replica
from roundsman.identity.commands.territories import (
    add_territory,
    assign,
    edit_territory,
    insert_territory,
    move_territory,
    unassign,
)

__all__ = [
    "add_person",
    "add_territory",
    "assign",
    "change_password",
    "deactivate_person",
    "edit_person",
    "edit_territory",
    "hash_acceptable",
    "insert_person",
    "insert_territory",
    "move_territory",
    "reactivate_person",
    "revoke_replica",
    "set_password",
    "unassign",
    "wipe_replica",
]
