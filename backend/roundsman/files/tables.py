"""Columns of blobs and photos; the SQL that makes them is in migrations/m0003_files.py. The bytes are not in
the database.
"""

from piccolo.columns import BigInt, Boolean, Integer, Text
from piccolo.table import Table


class Blob(Table, tablename="blobs"):
    """One person's upload of one content, named by its SHA-256; two people never share a row.

    `have` is a bitmap of the parts that arrived, bit n for part n. `state`: partial, complete, refused.
    `width` and `height` are those of the upright picture.
    """

    id = Text(primary_key=True, default=None)
    sha256 = Text()
    person_id = Text()
    size = BigInt()
    part_size = Integer()
    have = BigInt()
    state = Text()
    refused_code = Text(null=True, default=None)
    format = Text(null=True, default=None)
    width = Integer(null=True, default=None)
    height = Integer(null=True, default=None)
    created_at = BigInt()
    touched_at = BigInt()


class Photo(Table, tablename="photos"):
    """A record's reference to a content by hash; the record never waits for the bytes.

    `state`: awaited, stored, refused. `owner_table` and `owner_id` name the record. `is_reused` says that the
    same content already stood under another record when this one came, `is_public` that everybody signed in may
    see it, as a picture of goods.
    """

    id = Text(primary_key=True, default=None)
    owner_table = Text()
    owner_id = Text()
    kind = Text()
    sha256 = Text()
    size = BigInt()
    state = Text()
    refused_code = Text(null=True, default=None)
    person_id = Text()
    territory_id = Text(null=True, default=None)
    month = Text()
    taken_at = BigInt()
    width = Integer(null=True, default=None)
    height = Integer(null=True, default=None)
    is_reused = Boolean()
    is_public = Boolean()
    stored_at = BigInt(null=True, default=None)
