"""What a phone may hold of agents: an agent himself, staff those of their territories. Invitations are in no feed."""

from roundsman.agents.tables import Agent, UpgradeRequest
from roundsman.core.domain import Feed

OF_THE_AGENT = ("user:{person_id}", "terr:{territory_id}", "terr:all", "user:{owner_id}")

FEEDS = (
    Feed(
        Agent,
        fields=(
            "id",
            "person_id",
            "name",
            "mobile",
            "province",
            "city",
            "county",
            "state",
            "price_level_id",
            "upline_id",
            "profile",
            "note",
            "asked_at",
            "decided_at",
            "decision_reason",
            "territory_id",
            "owner_id",
        ),
        buckets=OF_THE_AGENT,
    ),
    Feed(
        UpgradeRequest,
        fields=(
            "id",
            "agent_id",
            "price_level_id",
            "reason",
            "state",
            "asked_at",
            "decided_at",
            "decision_reason",
        ),
        buckets=OF_THE_AGENT,
    ),
)
