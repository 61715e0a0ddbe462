"""One history for the whole database: numbered files, applied in order by `roundsman.core.db.migrate`."""
