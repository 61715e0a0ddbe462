"""What files hands to the app."""

from roundsman.core.domain import Domain
from roundsman.files import commands
from roundsman.files.feed import FEEDS
from roundsman.files.jobs import JOBS
from roundsman.files.routes import ROUTES
from roundsman.files.tables import Blob, Photo

DOMAIN = Domain(
    name="files",
    tables=(Blob, Photo),
    commands=(commands.give_up_photo,),
    feeds=FEEDS,
    routes=ROUTES,
    permissions={"files.keep_photos": ("manager", "administrator")},
    jobs=JOBS,
)
