"""Makes the tables of the identity domain."""

ID = "0001_identity"
DESCRIPTION = "people, territories, memberships, sessions and the sign-in throttle"

STATEMENTS = [
    """
    CREATE TABLE people (
        id text PRIMARY KEY,
        name text NOT NULL,
        name_key text NOT NULL,
        phone text,
        login text,
        password_hash text,
        roles {json} NOT NULL,
        is_active {bool} NOT NULL,
        created_at bigint NOT NULL,
        changed_at bigint NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX people_phone ON people (phone)",
    "CREATE UNIQUE INDEX people_login ON people (login)",
    "CREATE INDEX people_name ON people (name_key, id)",
    """
    CREATE TABLE territories (
        id text PRIMARY KEY,
        parent_id text REFERENCES territories (id),
        name text NOT NULL,
        path text NOT NULL,
        depth integer NOT NULL CHECK (depth >= 0),
        created_at bigint NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX territories_path ON territories (path)",
    "CREATE INDEX territories_parent ON territories (parent_id)",
    """
    CREATE TABLE memberships (
        id text PRIMARY KEY,
        person_id text NOT NULL REFERENCES people (id),
        territory_id text NOT NULL REFERENCES territories (id),
        kind text NOT NULL CHECK (kind IN ('member', 'manager')),
        from_at bigint NOT NULL,
        until_at bigint,
        CHECK (until_at IS NULL OR until_at >= from_at)
    )
    """,
    "CREATE INDEX memberships_person ON memberships (person_id, until_at)",
    "CREATE INDEX memberships_territory ON memberships (territory_id, until_at)",
    """
    CREATE UNIQUE INDEX memberships_current ON memberships (person_id, territory_id, kind)
    WHERE until_at IS NULL
    """,
    """
    CREATE TABLE sessions (
        id text PRIMARY KEY,
        token_hash text NOT NULL,
        person_id text NOT NULL REFERENCES people (id),
        replica_id text,
        created_at bigint NOT NULL,
        seen_at bigint NOT NULL,
        expires_at bigint NOT NULL,
        revoked_at bigint,
        is_locked {bool} NOT NULL,
        address text NOT NULL,
        agent text NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX sessions_token ON sessions (token_hash)",
    "CREATE INDEX sessions_person ON sessions (person_id, seen_at)",
    "CREATE INDEX sessions_replica ON sessions (replica_id) WHERE replica_id IS NOT NULL",
    "CREATE INDEX sessions_expiry ON sessions (expires_at)",
    """
    CREATE TABLE sign_in_attempts (
        id text PRIMARY KEY,
        failure_count integer NOT NULL,
        failed_at bigint NOT NULL,
        blocked_until bigint NOT NULL
    )
    """,
    "CREATE INDEX sign_in_attempts_age ON sign_in_attempts (failed_at)",
]
