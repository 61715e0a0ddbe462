"""Makes the tables of the visits domain."""

ID = "0005_visits"
DESCRIPTION = "holidays, step templates, routes, visits and their steps"

STATEMENTS = [
    "CREATE TABLE holidays (id text PRIMARY KEY, name text NOT NULL)",
    """
    CREATE TABLE step_templates (
        id text PRIMARY KEY,
        class_id text NOT NULL REFERENCES customer_classes (id),
        kind text NOT NULL CHECK (kind IN ('photo', 'note', 'form')),
        title text NOT NULL,
        is_must {bool} NOT NULL,
        settings {json} NOT NULL,
        position integer NOT NULL,
        is_active {bool} NOT NULL
    )
    """,
    "CREATE INDEX step_templates_class ON step_templates (class_id, position)",
    """
    CREATE TABLE routes (
        id text PRIMARY KEY,
        name text NOT NULL,
        person_id text NOT NULL REFERENCES people (id),
        territory_id text NOT NULL REFERENCES territories (id),
        weekdays integer NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
        every_weeks integer NOT NULL CHECK (every_weeks BETWEEN 1 AND 52),
        from_on text NOT NULL,
        until_on text,
        skips_holidays {bool} NOT NULL,
        is_active {bool} NOT NULL,
        changed_at bigint NOT NULL
    )
    """,
    "CREATE INDEX routes_person ON routes (person_id)",
    """
    CREATE TABLE route_stops (
        id text PRIMARY KEY,
        route_id text NOT NULL REFERENCES routes (id),
        customer_id text NOT NULL REFERENCES customers (id),
        position integer NOT NULL,
        person_id text NOT NULL,
        territory_id text NOT NULL
    )
    """,
    "CREATE INDEX route_stops_route ON route_stops (route_id, position)",
    "CREATE INDEX route_stops_customer ON route_stops (customer_id)",
    """
    CREATE TABLE visits (
        id text PRIMARY KEY,
        person_id text NOT NULL REFERENCES people (id),
        customer_id text NOT NULL REFERENCES customers (id),
        territory_id text NOT NULL,
        month text NOT NULL,
        day_on text NOT NULL,
        route_id text,
        is_planned {bool} NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'done', 'skipped')),
        checked_in_at bigint,
        in_wall_at bigint,
        in_latitude_e7 bigint,
        in_longitude_e7 bigint,
        in_accuracy_m integer,
        in_fix_count integer,
        in_distance_m integer,
        in_fence text,
        in_reason text NOT NULL,
        pin_latitude_e7 bigint,
        pin_longitude_e7 bigint,
        checked_out_at bigint,
        out_wall_at bigint,
        out_latitude_e7 bigint,
        out_longitude_e7 bigint,
        out_accuracy_m integer,
        out_distance_m integer,
        out_fence text,
        closed_by text,
        skip_reason text NOT NULL,
        note text NOT NULL,
        flags {json} NOT NULL,
        received_at bigint NOT NULL
    )
    """,
    "CREATE INDEX visits_person_day ON visits (person_id, day_on, checked_in_at)",
    "CREATE INDEX visits_customer ON visits (customer_id, checked_in_at)",
    "CREATE INDEX visits_territory_day ON visits (territory_id, day_on)",
    "CREATE UNIQUE INDEX visits_open ON visits (person_id) WHERE state = 'open'",
    """
    CREATE TABLE visit_steps (
        id text PRIMARY KEY,
        visit_id text NOT NULL REFERENCES visits (id),
        template_id text,
        kind text NOT NULL,
        title text NOT NULL,
        state text NOT NULL CHECK (state IN ('done', 'skipped')),
        answers {json} NOT NULL,
        reason text NOT NULL,
        done_at bigint NOT NULL,
        person_id text NOT NULL,
        territory_id text NOT NULL,
        month text NOT NULL
    )
    """,
    "CREATE INDEX visit_steps_visit ON visit_steps (visit_id)",
]
