"""What identity hands to the app."""

from roundsman.core.domain import Domain
from roundsman.identity import commands
from roundsman.identity.feed import FEEDS, buckets_of
from roundsman.identity.jobs import JOBS
from roundsman.identity.queries import load_author
from roundsman.identity.routes import ROUTES
from roundsman.identity.sessions import authenticate, bind_session
from roundsman.identity.tables import Membership, Person, Session, SignInAttempt, Territory

DOMAIN = Domain(
    name="identity",
    tables=(Person, Territory, Membership, Session, SignInAttempt),
    commands=(
        commands.add_person,
        commands.edit_person,
        commands.set_password,
        commands.change_password,
        commands.deactivate_person,
        commands.reactivate_person,
        commands.add_territory,
        commands.edit_territory,
        commands.move_territory,
        commands.assign,
        commands.unassign,
        commands.revoke_replica,
        commands.wipe_replica,
    ),
    feeds=FEEDS,
    routes=ROUTES,
    jobs=JOBS,
    permissions={
        "identity.see_people": ("clerk", "manager", "administrator"),
        "identity.keep_people": ("administrator",),
        "identity.keep_territories": ("administrator",),
        "identity.keep_members": ("administrator",),
        "identity.keep_phones": ("administrator",),
    },
    buckets=buckets_of,
    load_person=load_author,
    authenticate=authenticate,
    bind_session=bind_session,
)
