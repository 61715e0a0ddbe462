"""What messages hands to the app."""

from roundsman.core.domain import Domain
from roundsman.messages.commands import COMMANDS
from roundsman.messages.feed import FEEDS
from roundsman.messages.jobs import JOBS
from roundsman.messages.routes import ROUTES
from roundsman.messages.tables import Message, MessageSettings, PushDelivery, PushKey, PushSubscription

DOMAIN = Domain(
    name="messages",
    tables=(Message, MessageSettings, PushKey, PushSubscription, PushDelivery),
    commands=COMMANDS,
    feeds=FEEDS,
    routes=ROUTES,
    jobs=JOBS,
)
