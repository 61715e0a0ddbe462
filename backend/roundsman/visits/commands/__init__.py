"""Every write of visits: planning (routes, steps, holidays) in planning.py, the day itself in rounds.py."""

from roundsman.visits.commands.planning import arrange_stops, end_route, plan_route, set_holidays, set_steps
from roundsman.visits.commands.rounds import check_in, check_out, record_step, skip_step, skip_visit

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
)
