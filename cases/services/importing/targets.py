"""What lands where: for each table, the staged lines as its rows, what makes two the same, and its facts.

Source: the import contract, natural keys; product rules, GRID: the facts a placement rests on.
"""

from cases.models import (
    Address,
    Allocation,
    Circumstance,
    Contact,
    Disability,
    Identifier,
    ImportedAssessment,
    Intervention,
    Offence,
    OtherName,
    Person,
    Predictor,
    Reachable,
    Registration,
    Requirement,
    Sentence,
    Unmapped,
)
from cases.services.importing.staged_rows import (
    ABOUT,
    ABOUT_IDS,
    ADDRESS,
    APPOINTMENT,
    CODE,
    LANDED,
    NOTHING,
    PERSON,
    PROVIDER,
    SENTENCE,
    TEAM,
    USER,
    all_of,
    many,
    one,
)
from cases.services.importing.upserting import Target

SCORE_FACTS = ("one_year", "two_year", "assessed_on", "source")


def listed(model, part, key, **more):
    """A table of what an offender line lists."""
    key = ("case_id", *key)
    incoming = more.pop("incoming", many(part))
    return Target(model, "offender", incoming, key, scope=all_of(part), removes=True, **more)


# What the person was asked here, from the day they were: an extract that says otherwise is older news
ASKED_HERE = """
    CASE WHEN asked.contact_asked_on IS NULL THEN '{}'::jsonb ELSE jsonb_build_object(
        'may_text', asked.may_text, 'needs_interpreter', asked.needs_interpreter,
        'first_language', asked.first_language, 'language_notes', asked.language_notes
    ) END
"""
# The answer about a place goes with it, also when its dates or status change
SAFE_TO_WRITE = f"""
    (
        SELECT jsonb_build_object('safe_to_write', bool_and(a.safe_to_write)) FROM {ADDRESS} a
        WHERE a.case_id = c.id
        AND lower(a.lines) = lower(e.row->>'lines') AND a.postcode = e.row->>'postcode'
    )
"""

PEOPLE = [
    Target(
        Person,
        "offender",
        one(
            "offender",
            "person",
            "CASE WHEN s.parts ? 'denied' THEN '{}'::jsonb ELSE jsonb_build_object('unmapped', s.leftover) END "
            f"|| {ASKED_HERE}",
            joins=f"LEFT JOIN {PERSON} asked ON asked.case_id = c.id",
        ),
        key=("case_id",),
        alone=True,
        facts=("nationality", "second_nationality"),  # a history overseas is not in the score
    ),
    listed(OtherName, "other_names", ("previous", "surname", "forename", "born_on")),
    listed(Identifier, "identifiers", ("kind", "match")),
    listed(
        Reachable,
        "reachable",
        ("kind", "value"),
        answered="t.safe IS NOT NULL",  # whether it is safe is asked here and nowhere else
    ),
    listed(
        Address,
        "addresses",
        ("status_code", "lines", "town", "postcode", "from_on"),
        incoming=many("addresses", SAFE_TO_WRITE),
    ),
    listed(Disability, "disabilities", ("code", "name", "from_on")),
    listed(
        Allocation,
        "allocations",
        ("officer_code", "officer_name", "provider_id", "team_id", "from_on"),
        incoming=many(
            "allocations",
            "jsonb_build_object('provider_id', p.id, 'team_id', t.id, 'officer_id', u.id)",
            f"""
            LEFT JOIN {PROVIDER} p ON p.code = e.row->>'provider_code'
            LEFT JOIN {TEAM} t ON t.code = e.row->>'team_code'
            LEFT JOIN {USER} u ON u.staff_code = e.row->>'officer_code'
            """,
        ),
    ),
]

SENTENCES = [
    Target(
        Sentence,
        "conviction",
        one("conviction", "sentence"),
        key=("case_id", "source_id"),
        alone=True,
        facts=(
            "active",
            "order",
            "description",
            "convicted_on",
            "referred_on",
            "started_on",
            "terminated_on",
            "released_on",
            "previous_sanctions",
            "first_sanction_on",
            "age_at_first_sanction",
        ),
        main=True,
        defaults=(("active", True),),
    ),
    Target(
        Offence,
        "conviction",
        f"""
        SELECT s.n, c.id AS case_id, e.row || jsonb_build_object('sentence_id', q.id) AS row,
            {NOTHING} AS fresh
        FROM {LANDED} JOIN {SENTENCE} q ON q.case_id = c.id AND q.source_id = s.source_id
            CROSS JOIN jsonb_array_elements(s.parts->'offences') AS e(row)
        WHERE s.reason IS NULL AND s.kind = 'conviction'
        """,
        # a change of main offence takes one row out and puts another in: two at once are never main
        key=("sentence_id", "source_id", "code", "main"),
        facts=("code", "main"),
        owner="sentence_id",
        scope=f"""
        SELECT q.id AS owner, s.n, c.id AS case_id
        FROM {LANDED} JOIN {SENTENCE} q ON q.case_id = c.id AND q.source_id = s.source_id
        WHERE s.reason IS NULL AND s.kind = 'conviction'
        """,
        removes=True,
        removable="true",
    ),
    Target(
        Predictor,
        "conviction",
        f"""
        SELECT s.n, c.id AS case_id,
            e.row || jsonb_build_object('case_id', c.id, 'sentence_id', q.id) AS row,
            {NOTHING} AS fresh
        FROM {LANDED} JOIN {SENTENCE} q ON q.case_id = c.id AND q.source_id = s.source_id
            CROSS JOIN jsonb_array_elements(s.parts->'predictors') AS e(row)
        WHERE s.reason IS NULL AND s.kind = 'conviction'
        """,
        key=("case_id", "sentence_id", "kind", "source", "assessed_on"),
        facts=SCORE_FACTS,
    ),
    Target(
        Requirement,
        "requirement",
        one(
            "requirement",
            "requirement",
            "jsonb_build_object('sentence_id', q.id)",
            joins=f"JOIN {SENTENCE} q ON q.case_id = c.id AND q.source_id = s.parent_id",
        ),
        key=("sentence_id", "source_id"),
        # known by CRN and number: it stays the same row when it is moved to another conviction
        key_sql=f"ROW((SELECT q.case_id FROM {SENTENCE} q WHERE q.id = {{0}}.sentence_id), {{0}}.source_id)",
        owner="sentence_id",
        scope=f"""
        SELECT q.id AS owner FROM {SENTENCE} q WHERE q.case_id IN (
            SELECT c.id FROM {LANDED} WHERE s.reason IS NULL AND s.kind = 'requirement'
        )
        """,
        main=True,
        defaults=(("active", True),),
    ),
]

RECORDS = [
    Target(
        Registration,
        "registration",
        one("registration", "registration", fresh="s.parts->'part_new'"),
        key=("case_id", "source_id"),
        alone=True,
        facts=(
            "type_code",
            "level_code",
            "part",
            "firearm",
            "active",
            "started_on",
            "review_on",
        ),
        main=True,
        defaults=(("active", True),),
    ),
    Target(
        Contact,
        "contact",
        f"""
        SELECT s.n, c.id AS case_id,
            coalesce(y.facts, '{{}}') || coalesce(o.facts, '{{}}') || (s.parts->'contact')
            || jsonb_build_object('case_id', c.id, 'source_id', s.source_id) || {ABOUT_IDS} AS row,
            {NOTHING} AS fresh
        FROM {LANDED} {ABOUT}
            LEFT JOIN {CODE} y
                ON y.list_name = 'contact_types' AND y.code = s.parts->'contact'->>'type_code'
            LEFT JOIN {CODE} o
                ON o.list_name = 'contact_outcomes' AND o.code = s.parts->'contact'->>'outcome_code'
        WHERE s.reason IS NULL AND s.kind = 'contact'
        """,
        key=("case_id", "source_id"),
        alone=True,
        main=True,
        # what was recorded here of an appointment stands: when it was moved to, and what came of it
        ours=f"EXISTS (SELECT FROM {APPOINTMENT} a WHERE a.contact_id = t.id)",
    ),
    Target(
        Intervention,
        "nsi",
        one("nsi", "intervention", ABOUT_IDS, joins=ABOUT),
        key=("case_id", "source_id"),
        alone=True,
        main=True,
        defaults=(("active", True),),
    ),
    Target(
        Circumstance,
        "personal_circumstance",
        one("personal_circumstance", "circumstance"),
        key=("case_id", "source_id"),
        alone=True,
        main=True,
    ),
    Target(
        ImportedAssessment,
        "assessment",
        one(
            "assessment",
            "assessment",
            "jsonb_build_object('source', split_part(s.source_id, '|', 1), "
            "'source_id', substr(s.source_id, strpos(s.source_id, '|') + 1))",
        ),
        key=("case_id", "source", "source_id"),
        alone=True,
        facts=("harm", "completed_on"),
        main=True,
    ),
    Target(
        Predictor,
        "assessment",
        # two assessments of one day and source: the greater is kept, whichever came first
        f"""
        SELECT DISTINCT ON (c.id, e.row->>'kind', e.row->>'source', e.row->>'assessed_on')
            s.n, c.id AS case_id, e.row || jsonb_build_object('case_id', c.id) AS row,
            {NOTHING} AS fresh
        FROM {LANDED} CROSS JOIN jsonb_array_elements(s.parts->'predictors') AS e(row)
        WHERE s.reason IS NULL AND s.kind = 'assessment'
        ORDER BY c.id, e.row->>'kind', e.row->>'source', e.row->>'assessed_on', e.row::text DESC
        """,
        key=("case_id", "sentence_id", "kind", "source", "assessed_on"),
        facts=SCORE_FACTS,
    ),
    Target(
        Unmapped,
        "",
        f"""
        SELECT s.n, c.id AS case_id,
            jsonb_build_object('case_id', c.id, 'kind', s.kind, 'source_id', s.source_id,
                'document', s.leftover) AS row, {NOTHING} AS fresh
        FROM {LANDED} WHERE s.reason IS NULL AND s.kind NOT IN ('offender', 'assessment')
            AND (s.leftover <> '{{}}' OR EXISTS (
                SELECT FROM {Unmapped._meta.db_table} u
                WHERE u.case_id = c.id AND u.kind = s.kind AND u.source_id = s.source_id
            ))
        """,
        key=("case_id", "kind", "source_id"),
        alone=True,
    ),
]
