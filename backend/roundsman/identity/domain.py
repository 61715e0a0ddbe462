"""What identity hands to the app."""

from roundsman.core.domain import Domain
from roundsman.identity.feed import FEEDS, buckets_of
from roundsman.identity.tables import Membership, Person, Session, SignInAttempt, Territory

DOMAIN = Domain(
    name="identity",
    tables=(Person, Territory, Membership, Session, SignInAttempt),
    feeds=FEEDS,
    permissions={
        "identity.see_people": ("clerk", "manager", "administrator"),
        "identity.keep_people": ("administrator",),
        "identity.keep_territories": ("administrator",),
        "identity.keep_members": ("administrator",),
        "identity.keep_phones": ("administrator",),
        "identity.sign_in": ("rep", "agent", "courier", "clerk", "manager", "administrator"),
    },
    buckets=buckets_of,
)
