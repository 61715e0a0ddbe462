"""Columns of routes, visits and steps; the SQL that makes them is in migrations/m0005_visits.py.

`person_id`, `territory_id` and `month` are repeated on the children so that feed triggers need no joins.
"""

from piccolo.columns import JSON, BigInt, Boolean, Integer, Text
from piccolo.table import Table


class Holiday(Table, tablename="holidays"):
    """A day off; `id` is the day itself, 'YYYY-MM-DD'."""

    id = Text(primary_key=True, default=None)
    name = Text()


class StepTemplate(Table, tablename="step_templates"):
    """What a visit to a customer of one class must or may contain. `kind`: photo, note, form."""

    id = Text(primary_key=True, default=None)
    class_id = Text()
    kind = Text()
    title = Text()
    is_must = Boolean()
    settings = JSON()
    position = Integer()
    is_active = Boolean()


class Route(Table, tablename="routes"):
    """Customers in order with a recurrence (beat plan); `weekdays` is a bitmask, Monday = 1 … Sunday = 64."""

    id = Text(primary_key=True, default=None)
    name = Text()
    person_id = Text()
    territory_id = Text()
    weekdays = Integer()
    every_weeks = Integer()
    from_on = Text()
    until_on = Text(null=True, default=None)
    skips_holidays = Boolean()
    is_active = Boolean()
    changed_at = BigInt()


class RouteStop(Table, tablename="route_stops"):
    """One customer on a route, in its place."""

    id = Text(primary_key=True, default=None)
    route_id = Text()
    customer_id = Text()
    position = Integer()
    person_id = Text()
    territory_id = Text()


class Visit(Table, tablename="visits"):
    """Check-in … check-out at one customer, or a planned visit skipped with a reason.

    `state`: open, done, skipped. `in_fence`/`out_fence`: see rules.Fence. `checked_in_at` is the true time as the
    server reckons it; `in_wall_at` what the phone's clock showed. `closed_by`: person or rule.
    """

    id = Text(primary_key=True, default=None)
    person_id = Text()
    customer_id = Text()
    territory_id = Text()
    month = Text()
    day_on = Text()
    route_id = Text(null=True, default=None)
    is_planned = Boolean()
    state = Text()
    checked_in_at = BigInt(null=True, default=None)
    in_wall_at = BigInt(null=True, default=None)
    in_latitude_e7 = BigInt(null=True, default=None)
    in_longitude_e7 = BigInt(null=True, default=None)
    in_accuracy_m = Integer(null=True, default=None)
    in_fix_count = Integer(null=True, default=None)
    in_distance_m = Integer(null=True, default=None)
    in_fence = Text(null=True, default=None)
    in_reason = Text()
    pin_latitude_e7 = BigInt(null=True, default=None)
    pin_longitude_e7 = BigInt(null=True, default=None)
    checked_out_at = BigInt(null=True, default=None)
    out_wall_at = BigInt(null=True, default=None)
    out_latitude_e7 = BigInt(null=True, default=None)
    out_longitude_e7 = BigInt(null=True, default=None)
    out_accuracy_m = Integer(null=True, default=None)
    out_distance_m = Integer(null=True, default=None)
    out_fence = Text(null=True, default=None)
    closed_by = Text(null=True, default=None)
    skip_reason = Text()
    note = Text()
    flags = JSON()
    received_at = BigInt()


class VisitStep(Table, tablename="visit_steps"):
    """What was done, or skipped with a reason, for one step of a visit. `state`: done, skipped."""

    id = Text(primary_key=True, default=None)
    visit_id = Text()
    template_id = Text(null=True, default=None)
    kind = Text()
    title = Text()
    state = Text()
    answers = JSON()
    reason = Text()
    done_at = BigInt()
    person_id = Text()
    territory_id = Text()
    month = Text()
    follow_up_id = Text(null=True, default=None)


class FollowUp(Table, tablename="follow_ups"):
    """What a manager asks of the next visit to a customer, and the answer. `kind`: note, photo. `state`: open,
    answered, withdrawn.

    `person_id` is whose customer it is, '' where whoever goes next is asked: all of `anyone_territory_id` then.
    `skip_reason` is why the last visit left it open.
    """

    id = Text(primary_key=True, default=None)
    customer_id = Text()
    person_id = Text()
    asked_by = Text()
    territory_id = Text()
    anyone_territory_id = Text(null=True, default=None)
    month = Text()
    text = Text()
    kind = Text()
    asked_at = BigInt()
    state = Text()
    visit_id = Text(null=True, default=None)
    step_id = Text(null=True, default=None)
    answer = Text()
    answered_at = BigInt(null=True, default=None)
    skip_reason = Text()
