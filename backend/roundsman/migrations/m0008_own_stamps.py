"""Lets the server stamp a batch of decided commands itself on SQLite, where writers are serial; a row that comes
without a stamp still gets one."""

ID = "0008_own_stamps"
DESCRIPTION = "commands may come with their seq on SQLite"

STATEMENTS = [
    {
        "sqlite": [
            "DROP TRIGGER sync_command_ack",
            """
            CREATE TRIGGER sync_command_ack AFTER INSERT ON sync_command WHEN NEW.seq IS NULL BEGIN
                UPDATE sync_head SET seq = seq + 1;
                UPDATE sync_command SET seq = (SELECT seq FROM sync_head) WHERE uuid = NEW.uuid;
            END
            """,
        ],
        "postgres": [],
    },
]
