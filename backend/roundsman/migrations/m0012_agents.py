"""Makes the tables of the agents domain."""

ID = "0012_agents"
DESCRIPTION = "agents, their uplines and levels, invitations and requests for a better level"

STATEMENTS = [
    """
    CREATE TABLE invitations (
        id text PRIMARY KEY,
        token_hash text NOT NULL UNIQUE,
        upline_id text,
        price_level_id text NOT NULL REFERENCES price_levels (id),
        territory_id text NOT NULL REFERENCES territories (id),
        owner_id text REFERENCES people (id),
        note text NOT NULL,
        uses_left integer NOT NULL CHECK (uses_left >= 0),
        expires_at bigint NOT NULL,
        is_revoked {bool} NOT NULL,
        created_by text NOT NULL REFERENCES people (id),
        created_at bigint NOT NULL
    )
    """,
    "CREATE INDEX invitations_age ON invitations (created_at, id)",
    """
    CREATE TABLE agents (
        id text PRIMARY KEY,
        person_id text UNIQUE REFERENCES people (id),
        invitation_id text REFERENCES invitations (id),
        name text NOT NULL,
        mobile text NOT NULL,
        password_hash text,
        province text NOT NULL,
        city text NOT NULL,
        county text NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'active', 'refused', 'ended')),
        price_level_id text NOT NULL REFERENCES price_levels (id),
        upline_id text REFERENCES agents (id),
        path text NOT NULL,
        profile {json} NOT NULL,
        note text NOT NULL,
        asked_at bigint NOT NULL,
        decided_by text,
        decided_at bigint,
        decision_reason text NOT NULL,
        territory_id text NOT NULL REFERENCES territories (id),
        owner_id text REFERENCES people (id),
        changed_at bigint NOT NULL
    )
    """,
    "CREATE INDEX agents_upline ON agents (upline_id)",
    "CREATE INDEX agents_path ON agents (path)",
    "CREATE INDEX agents_state ON agents (state, asked_at, id)",
    "CREATE UNIQUE INDEX agents_mobile ON agents (mobile) WHERE state IN ('asked', 'active')",
    """
    CREATE TABLE agent_uplines (
        id text PRIMARY KEY,
        agent_id text NOT NULL REFERENCES agents (id),
        upline_id text REFERENCES agents (id),
        from_at bigint NOT NULL,
        until_at bigint
    )
    """,
    "CREATE INDEX agent_uplines_agent ON agent_uplines (agent_id, from_at)",
    """
    CREATE TABLE agent_levels (
        id text PRIMARY KEY,
        agent_id text NOT NULL REFERENCES agents (id),
        price_level_id text NOT NULL REFERENCES price_levels (id),
        from_at bigint NOT NULL,
        until_at bigint,
        reason text NOT NULL,
        person_id text
    )
    """,
    "CREATE INDEX agent_levels_agent ON agent_levels (agent_id, from_at)",
    """
    CREATE TABLE upgrade_requests (
        id text PRIMARY KEY,
        agent_id text NOT NULL REFERENCES agents (id),
        price_level_id text NOT NULL REFERENCES price_levels (id),
        reason text NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'approved', 'refused')),
        asked_at bigint NOT NULL,
        decided_by text,
        decided_at bigint,
        decision_reason text NOT NULL,
        person_id text,
        territory_id text NOT NULL,
        owner_id text
    )
    """,
    "CREATE UNIQUE INDEX upgrade_requests_open ON upgrade_requests (agent_id) WHERE state = 'asked'",
    "CREATE INDEX upgrade_requests_state ON upgrade_requests (state, asked_at, id)",
]
