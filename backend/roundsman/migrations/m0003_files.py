"""Makes the tables of the files domain."""

ID = "0003_files"
DESCRIPTION = "blobs and photos"

STATEMENTS = [
    """
    CREATE TABLE blobs (
        id text PRIMARY KEY,
        sha256 text NOT NULL CHECK (length(sha256) = 64),
        person_id text NOT NULL REFERENCES people (id),
        size bigint NOT NULL CHECK (size > 0),
        part_size integer NOT NULL CHECK (part_size > 0),
        have bigint NOT NULL,
        state text NOT NULL CHECK (state IN ('partial', 'complete', 'refused')),
        refused_code text,
        format text,
        width integer,
        height integer,
        created_at bigint NOT NULL,
        touched_at bigint NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX blobs_content ON blobs (sha256, person_id)",
    "CREATE INDEX blobs_person ON blobs (person_id, created_at)",
    "CREATE INDEX blobs_age ON blobs (touched_at)",
    """
    CREATE TABLE photos (
        id text PRIMARY KEY,
        owner_table text NOT NULL,
        owner_id text NOT NULL,
        kind text NOT NULL,
        sha256 text NOT NULL CHECK (length(sha256) = 64),
        size bigint NOT NULL,
        state text NOT NULL CHECK (state IN ('awaited', 'stored', 'refused')),
        refused_code text,
        person_id text NOT NULL REFERENCES people (id),
        territory_id text,
        month text NOT NULL,
        taken_at bigint NOT NULL,
        width integer,
        height integer,
        is_reused {bool} NOT NULL,
        stored_at bigint
    )
    """,
    "CREATE INDEX photos_content ON photos (sha256, person_id)",
    "CREATE INDEX photos_owner ON photos (owner_table, owner_id)",
]
