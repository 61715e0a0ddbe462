"""Columns of agents, where they stand in the tree, and how they came; the SQL that makes them is in
migrations/m0012_agents.py.
"""

from piccolo.columns import JSON, BigInt, Boolean, Integer, Text
from piccolo.table import Table


class Invitation(Table, tablename="invitations"):
    """A link that lets `uses_left` people ask to become agents. Only the SHA-256 of its token is kept."""

    id = Text(primary_key=True, default=None)
    token_hash = Text()
    upline_id = Text(null=True, default=None)
    price_level_id = Text()
    territory_id = Text()
    owner_id = Text(null=True, default=None)
    note = Text()
    uses_left = Integer()
    expires_at = BigInt()
    is_revoked = Boolean()
    created_by = Text()
    created_at = BigInt()


class Agent(Table, tablename="agents"):
    """A reselling customer; `id` is also the customer's once he is approved. `path` is every agent from the top
    down to this one, '/a/b/'. `profile` is what his orders are shipped as by default: {sender, mobile,
    province, city, county, street}.
    """

    id = Text(primary_key=True, default=None)
    person_id = Text(null=True, default=None)
    invitation_id = Text(null=True, default=None)
    name = Text()
    mobile = Text()
    password_hash = Text(null=True, default=None)
    province = Text()
    city = Text()
    county = Text()
    state = Text()
    price_level_id = Text()
    upline_id = Text(null=True, default=None)
    path = Text()
    profile = JSON()
    note = Text()
    asked_at = BigInt()
    decided_by = Text(null=True, default=None)
    decided_at = BigInt(null=True, default=None)
    decision_reason = Text()
    territory_id = Text()
    owner_id = Text(null=True, default=None)
    changed_at = BigInt()


class AgentUpline(Table, tablename="agent_uplines"):
    """Under whom an agent stood, from `from_at` until `until_at` (None: still)."""

    id = Text(primary_key=True, default=None)
    agent_id = Text()
    upline_id = Text(null=True, default=None)
    from_at = BigInt()
    until_at = BigInt(null=True, default=None)


class AgentLevel(Table, tablename="agent_levels"):
    """What level an agent held, from `from_at` until `until_at` (None: still)."""

    id = Text(primary_key=True, default=None)
    agent_id = Text()
    price_level_id = Text()
    from_at = BigInt()
    until_at = BigInt(null=True, default=None)
    reason = Text()
    person_id = Text(null=True, default=None)


class UpgradeRequest(Table, tablename="upgrade_requests"):
    """A level an agent asks for; one at a time."""

    id = Text(primary_key=True, default=None)
    agent_id = Text()
    price_level_id = Text()
    reason = Text()
    state = Text()
    asked_at = BigInt()
    decided_by = Text(null=True, default=None)
    decided_at = BigInt(null=True, default=None)
    decision_reason = Text()
    person_id = Text(null=True, default=None)
    territory_id = Text()
    owner_id = Text(null=True, default=None)
