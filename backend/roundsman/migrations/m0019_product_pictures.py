"""Goods have pictures, the first of which is their face, and everybody signed in may see those. `picture_id` was never
written; it goes when no server of an older version runs beside a newer one any more.
"""

ID = "0019_product_pictures"
DESCRIPTION = "pictures of goods"

STATEMENTS = [
    "ALTER TABLE products ADD COLUMN picture_ids {json} NOT NULL DEFAULT '[]'",
    {
        "sqlite": "ALTER TABLE photos ADD COLUMN is_public integer NOT NULL DEFAULT 0",
        "postgres": "ALTER TABLE photos ADD COLUMN is_public boolean NOT NULL DEFAULT false",
    },
]
