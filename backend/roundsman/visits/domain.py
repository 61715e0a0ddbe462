"""What visits hands to the app."""

from roundsman.core.domain import Domain
from roundsman.visits.commands import COMMANDS
from roundsman.visits.feed import FEEDS
from roundsman.visits.jobs import JOBS
from roundsman.visits.routes import ROUTES
from roundsman.visits.tables import FollowUp, Holiday, Route, RouteStop, StepTemplate, Visit, VisitStep

DOMAIN = Domain(
    name="visits",
    tables=(Holiday, StepTemplate, Route, RouteStop, Visit, VisitStep, FollowUp),
    commands=COMMANDS,
    feeds=FEEDS,
    routes=ROUTES,
    permissions={
        "visits.do": ("rep", "manager"),
        "visits.plan": ("rep", "manager", "administrator"),
        "visits.see_team": ("manager", "administrator"),
        "visits.ask_follow_up": ("manager", "administrator"),
        "visits.keep_steps": ("manager", "administrator"),
        "visits.keep_holidays": ("clerk", "administrator"),
    },
    jobs=JOBS,
)
