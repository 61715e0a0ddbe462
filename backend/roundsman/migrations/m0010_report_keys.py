"""Makes the index by which the last report of one kind from one person is found, inside every hello of an empty
store."""

ID = "0010_report_keys"
DESCRIPTION = "find a person's reports of a kind"

STATEMENTS = [
    "CREATE INDEX sync_report_person ON sync_report (person_id, kind, received_at, id)",
]
