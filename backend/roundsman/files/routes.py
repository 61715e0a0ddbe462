"""The upload lane of photos, and the pictures drawn from them. The original is never served. An upload says in
`X-Person-Id` whose photo it is and is refused under the session of another (I20); an older phone says nothing."""

import base64
import binascii
import re
from typing import Annotated, Any, Final, Literal

import msgspec
from litestar import Request, Response, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody, PathParameter

from roundsman.core.context import refuse_another
from roundsman.core.errors import Invalid, NotFound
from roundsman.core.http import RequestCtx, is_known
from roundsman.files.queries import photo_seen_by
from roundsman.files.rules import PART_SIZE_MAX, Sha256, part_count, parts_in
from roundsman.files.storage import Storage, picture_name, storage_at
from roundsman.files.uploads import complete_blob, offer_blob, put_part

AnyRequest = Request[Any, Any, Any]
Sha256Path = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$", description="SHA-256, lower-case hex")]

_CONTENT_DIGEST: Final = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|$)")
_HEX: Final = re.compile(r"^[0-9a-f]{64}$")


class OfferBlob(msgspec.Struct, kw_only=True):
    """What a phone wants to upload. `mime` is what it believes; only the bytes count."""

    sha256: Sha256
    size: Annotated[int, msgspec.Meta(ge=1)]
    mime: Annotated[str, msgspec.Meta(max_length=100)] = ""
    part_size: Annotated[int, msgspec.Meta(ge=1)]


class BlobState(msgspec.Struct, kw_only=True):
    """Whether the content is here, and if not, which parts of it."""

    state: Literal["complete", "partial"]
    have: list[int]


@post("/api/files/blobs", status_code=200, tags=["files"])
async def post_blob(request: AnyRequest, ctx: RequestCtx, data: JSONBody[OfferBlob]) -> BlobState:
    """Offer a content; the answer says which parts the server holds already."""
    blob = await offer_blob(
        _uploader(request, ctx), data.sha256, data.size, data.part_size, _storage(request), ctx.now
    )
    count = part_count(blob["size"], blob["part_size"])
    if blob["state"] == "complete":
        return BlobState(state="complete", have=list(range(part_count(data.size, data.part_size))))
    return BlobState(state="partial", have=parts_in(blob["have"], count))


@put(
    "/api/files/blobs/{sha256:str}/{n:int}",
    status_code=204,
    tags=["files"],
    request_max_body_size=PART_SIZE_MAX,
)
async def put_blob_part(request: AnyRequest, ctx: RequestCtx, sha256: Sha256Path, n: FromPath[int]) -> None:
    """One part, with its SHA-256 in `Content-Digest: sha-256=:…:` or, in hex, in `X-Content-SHA256`."""
    person_id = _uploader(request, ctx)
    content = await request.body()
    await put_part(person_id, sha256, n, content, _digest(request), _storage(request), ctx.now)


@post("/api/files/blobs/{sha256:str}/complete", status_code=200, tags=["files"])
async def post_blob_complete(request: AnyRequest, ctx: RequestCtx, sha256: Sha256Path) -> BlobState:
    """Every part was sent. 422 `files.parts_bad` lists in `details.bad` those to send again."""
    blob = await complete_blob(_uploader(request, ctx), sha256, _storage(request), ctx.now)
    return BlobState(state="complete", have=list(range(part_count(blob["size"], blob["part_size"]))))


@get("/api/files/photos/{photo_id:str}", media_type="image/jpeg", tags=["files"])
async def get_photo(
    request: AnyRequest,
    ctx: RequestCtx,
    photo_id: FromPath[str],
    size: FromQuery[Literal["thumb", "full"]] = "full",
) -> Response[bytes]:
    """A photo as a JPEG: `thumb` at most 320, `full` at most 1600 pixels wide or high, upright."""
    photo = await photo_seen_by(ctx.person, photo_id, ctx.now)
    if photo["blob_id"] is None:
        raise NotFound("files.photo_awaited" if photo["state"] == "awaited" else "files.photo_refused")
    etag = f'"{photo["sha256"][:32]}-{size}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Disposition": f'inline; filename="{photo["id"]}.jpg"',
        "X-Content-Type-Options": "nosniff",
    }
    if is_known(request.headers.get("if-none-match"), etag):
        return Response(b"", status_code=304, headers=headers)
    picture = await _storage(request).find(picture_name(photo["blob_id"], size))
    if picture is None:
        raise NotFound("files.photo_lost")
    return Response(picture, headers=headers, media_type="image/jpeg")


def _uploader(request: AnyRequest, ctx: RequestCtx) -> str:
    """The id of whoever uploads. Raises Forbidden("sync.other_person")."""
    refuse_another(ctx.person, request.headers.get("x-person-id"))
    return ctx.person.id


def _storage(request: AnyRequest) -> Storage:
    return storage_at(request.app.state.config.default_photos_url)


def _digest(request: AnyRequest) -> bytes:
    """The digest of a part as RFC 9530 writes it, or in hex. Raises Invalid("files.digest_missing")."""
    found = _CONTENT_DIGEST.search(request.headers.get("content-digest", ""))
    plain = request.headers.get("x-content-sha256", "")
    try:
        if found is not None:
            return base64.b64decode(found[1], validate=True)
        if _HEX.match(plain):
            return bytes.fromhex(plain)
    except binascii.Error as error:
        raise Invalid("files.digest_missing") from error
    raise Invalid("files.digest_missing")


ROUTES = (post_blob, put_blob_part, post_blob_complete, get_photo)
