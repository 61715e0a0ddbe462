"""What agents hands to the app."""

from roundsman.agents.feed import FEEDS
from roundsman.agents.queries import buckets_of_agent
from roundsman.agents.tables import Agent, AgentLevel, AgentUpline, Invitation, UpgradeRequest
from roundsman.core.domain import Domain

DOMAIN = Domain(
    name="agents",
    tables=(Invitation, Agent, AgentUpline, AgentLevel, UpgradeRequest),
    feeds=FEEDS,
    more_buckets=buckets_of_agent,
)
