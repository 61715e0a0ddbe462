"""What messages hands to the app."""

from roundsman.core.domain import Domain
from roundsman.messages.commands import COMMANDS
from roundsman.messages.feed import FEEDS
from roundsman.messages.jobs import JOBS
from roundsman.messages.tables import Message, MessageSettings

DOMAIN = Domain(
    name="messages",
    tables=(Message, MessageSettings),
    commands=COMMANDS,
    feeds=FEEDS,
    jobs=JOBS,
)
