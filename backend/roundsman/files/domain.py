"""What files hands to the app."""

from roundsman.core.domain import Domain
from roundsman.files.feed import FEEDS
from roundsman.files.jobs import JOBS
from roundsman.files.routes import ROUTES
from roundsman.files.tables import Blob, Photo

DOMAIN = Domain(name="files", tables=(Blob, Photo), feeds=FEEDS, routes=ROUTES, jobs=JOBS)
