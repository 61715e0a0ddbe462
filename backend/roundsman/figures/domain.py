"""What figures hands to the app."""

from roundsman.core.domain import Domain
from roundsman.figures.commands import COMMANDS
from roundsman.figures.jobs import JOBS
from roundsman.figures.routes import ROUTES
from roundsman.figures.tables import FigureFact, FigurePolicy, FigureSum

DOMAIN = Domain(
    name="figures",
    tables=(FigureFact, FigureSum, FigurePolicy),
    commands=COMMANDS,
    routes=ROUTES,
    permissions={
        "figures.see": ("rep", "clerk", "manager", "administrator"),
        "figures.keep_policy": ("administrator",),
    },
    jobs=JOBS,
)
