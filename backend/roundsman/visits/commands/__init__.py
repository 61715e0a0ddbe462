"""Every write of visits: routes in planning.py, what a visit contains in settings.py, the day itself in visiting.py,
steps.py and rounds.py, and what managers ask of the next visit in follow_ups.py.
"""

from roundsman.visits.commands.follow_ups import ask_follow_up, withdraw_follow_up
from roundsman.visits.commands.planning import arrange_stops, end_route, plan_route
from roundsman.visits.commands.rounds import skip_visit
from roundsman.visits.commands.settings import set_holidays, set_steps
from roundsman.visits.commands.steps import record_step, skip_step
from roundsman.visits.commands.visiting import check_in, check_out

COMMANDS = (
    plan_route,
    end_route,
    arrange_stops,
    set_steps,
    set_holidays,
    check_in,
    record_step,
    skip_step,
    check_out,
    skip_visit,
    ask_follow_up,
    withdraw_follow_up,
)
