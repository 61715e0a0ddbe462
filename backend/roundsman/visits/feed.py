"""What a phone may hold of visits: a person's own, by month, and what managers of the territory answer for."""

from roundsman.core.domain import Feed
from roundsman.visits.tables import Holiday, Route, RouteStop, StepTemplate, Visit, VisitStep

OF_THE_MONTH = ("user:{person_id}:{month}", "team:{territory_id}:{month}", "team:all:{month}")

FEEDS = (
    Feed(Holiday, fields=("id", "name"), buckets=("org",)),
    Feed(
        StepTemplate,
        fields=("id", "class_id", "kind", "title", "is_must", "settings", "position", "is_active"),
        buckets=("staff",),
    ),
    Feed(
        Route,
        fields=(
            "id",
            "name",
            "person_id",
            "territory_id",
            "weekdays",
            "every_weeks",
            "from_on",
            "until_on",
            "skips_holidays",
            "is_active",
        ),
        buckets=("user:{person_id}", "team:{territory_id}", "team:all"),
    ),
    Feed(
        RouteStop,
        fields=("id", "route_id", "customer_id", "position"),
        buckets=("user:{person_id}", "team:{territory_id}", "team:all"),
    ),
    Feed(
        Visit,
        fields=(
            "id",
            "person_id",
            "customer_id",
            "territory_id",
            "day_on",
            "route_id",
            "is_planned",
            "state",
            "checked_in_at",
            "in_wall_at",
            "in_latitude_e7",
            "in_longitude_e7",
            "in_accuracy_m",
            "in_fix_count",
            "in_distance_m",
            "in_fence",
            "in_reason",
            "checked_out_at",
            "out_latitude_e7",
            "out_longitude_e7",
            "out_accuracy_m",
            "out_distance_m",
            "out_fence",
            "closed_by",
            "skip_reason",
            "note",
            "flags",
            "received_at",
        ),
        buckets=OF_THE_MONTH,
    ),
    Feed(
        VisitStep,
        fields=(
            "id",
            "visit_id",
            "template_id",
            "kind",
            "title",
            "state",
            "answers",
            "reason",
            "done_at",
            "person_id",
        ),
        buckets=OF_THE_MONTH,
    ),
)
