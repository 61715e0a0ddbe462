"""What agents hands to the app."""

from roundsman.agents.commands import COMMANDS
from roundsman.agents.feed import FEEDS
from roundsman.agents.queries import buckets_of_agent
from roundsman.agents.routes import ROUTES
from roundsman.agents.tables import Agent, AgentLevel, AgentUpline, Invitation, UpgradeRequest
from roundsman.core.domain import Domain

DOMAIN = Domain(
    name="agents",
    tables=(Invitation, Agent, AgentUpline, AgentLevel, UpgradeRequest),
    commands=COMMANDS,
    feeds=FEEDS,
    routes=ROUTES,
    permissions={
        "agents.be": ("agent",),
        "agents.see": ("rep", "clerk", "manager", "administrator"),
        "agents.invite": ("rep", "agent", "clerk", "manager", "administrator"),
        "agents.decide": ("clerk", "manager", "administrator"),
    },
    more_buckets=buckets_of_agent,
)
