"""What targets hands to the app."""

from roundsman.core.domain import Domain
from roundsman.targets.commands import COMMANDS
from roundsman.targets.jobs import JOBS
from roundsman.targets.routes import ROUTES
from roundsman.targets.tables import Target

DOMAIN = Domain(
    name="targets",
    tables=(Target,),
    commands=COMMANDS,
    routes=ROUTES,
    jobs=JOBS,
    permissions={
        "targets.see": ("rep", "clerk", "manager", "administrator"),
        "targets.keep": ("manager", "administrator"),
        "targets.import": ("clerk", "administrator"),
    },
)
