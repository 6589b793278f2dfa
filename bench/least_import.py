"""The least that bringing in an extract could cost: COPY of the very same lines, then sets of SQL, and what stood before a change.

It knows fourteen tables, their keys and indexes, what makes a line useless and which dates are none. It cuts nothing to length,
looks no code up, draws nothing from sentences, limits no access, raises nothing, and holds nobody's word against the extract's.
"""

from dataclasses import dataclass

from django.db import connection

from cases.models import (
    Address,
    Allocation,
    Case,
    Circumstance,
    Contact,
    Identifier,
    Offence,
    OtherName,
    Person,
    Predictor,
    Reachable,
    Registration,
    Requirement,
    Sentence,
)

MODELS = (
    Case, Person, OtherName, Identifier, Reachable, Address, Allocation, Sentence, Offence, Predictor, Requirement, Registration,
    Contact, Circumstance,
)  # fmt: skip
READ = """
    CREATE TEMP TABLE lines (n bigint GENERATED ALWAYS AS IDENTITY, line text) ON COMMIT DROP;
"""
DOCUMENTS = """
    CREATE TEMP TABLE docs ON COMMIT DROP AS
    SELECT n, d->>'kind' AS kind, d->>'crn' AS crn, d, id, CASE
            WHEN d IS NULL THEN 'not JSON'
            WHEN id IS NULL THEN 'no key'
            WHEN d->>'kind' = 'offender' AND coalesce(d->>'surname', '') = '' THEN 'no surname'
            WHEN d->>'kind' IN ('registration', 'contact') AND d->'type'->>'code' IS NULL THEN 'no type'
            WHEN d->>'kind' = 'contact' AND NOT coalesce(pg_input_is_valid(d->>'contactStart', 'timestamptz'), false) THEN 'no date'
            WHEN d->>'kind' = 'personal_circumstance' AND d->'personalCircumstanceType'->>'code' IS NULL THEN 'no type'
            WHEN d->>'kind' = 'requirement' AND d->'requirementTypeMainCategory'->>'code' IS NULL THEN 'no category'
        END AS reason
    FROM (
        SELECT *, CASE d->>'kind' WHEN 'offender' THEN d->>'crn' WHEN 'conviction' THEN d->>'convictionId'
            WHEN 'requirement' THEN d->>'requirementId' WHEN 'registration' THEN d->>'registrationId'
            WHEN 'contact' THEN d->>'contactId' ELSE d->>'personalCircumstanceId' END AS id
        FROM (SELECT n, CASE WHEN line IS JSON OBJECT THEN line::jsonb END AS d FROM lines OFFSET 0) AS read OFFSET 0
    ) AS keyed;
    CREATE INDEX ON docs (kind, crn, id);
    ANALYZE docs (kind, crn, id, reason);
    UPDATE docs SET reason = 'same key again' FROM (
        SELECT n, row_number() OVER (PARTITION BY kind, crn, id ORDER BY d->>'lastUpdatedDateTime' DESC NULLS LAST, n) AS place
        FROM docs WHERE reason IS NULL
    ) ranked WHERE ranked.n = docs.n AND place > 1;
    UPDATE docs SET reason = 'its CRN is of nobody' WHERE reason IS NULL AND kind <> 'offender'
        AND NOT EXISTS (SELECT FROM docs o WHERE o.kind = 'offender' AND o.crn = docs.crn AND o.reason IS NULL)
        AND NOT EXISTS (SELECT FROM least.cases_case c WHERE c.crn = docs.crn);
    INSERT INTO least.reject SELECT n, '', reason FROM docs WHERE reason IS NOT NULL
        UNION ALL SELECT n, key, 'is not a date' FROM docs CROSS JOIN unnest(%s::text[]) key
        WHERE reason IS NULL AND d->>key <> '' AND NOT pg_input_is_valid(d->>key, 'date');
"""
DAYS = [
    "startDate",
    "endDate",
    "nextReviewDate",
    "convictionDate",
    "referralDate",
    "dateOfBirth",
]
MERGE = """
    WITH landed AS (
        MERGE INTO least.{table} t USING (SELECT {values} FROM docs {joins} WHERE reason IS NULL AND docs.kind = '{kind}') s ON {on}
        WHEN MATCHED AND ({held}) IS DISTINCT FROM ({said}) THEN UPDATE SET ({columns}) = ROW ({said})
        WHEN NOT MATCHED THEN INSERT ({all_columns}) VALUES ({all_said})
        RETURNING merge_action() AS did, to_jsonb(old) AS was
    )
    INSERT INTO least.history SELECT '{table}', now(), was FROM landed WHERE did = 'UPDATE'
"""
OF_A_CASE = "JOIN least.cases_case c ON c.crn = docs.crn"
OF_A_SENTENCE = f"{OF_A_CASE} JOIN least.cases_sentence q ON q.case_id = c.id AND q.source_id = docs.d->>'convictionId'"


def _day(key, of="d"):
    return f"CASE WHEN pg_input_is_valid({of}->>'{key}', 'date') THEN ({of}->>'{key}')::date END"


@dataclass(frozen=True)
class Landing:
    """Where documents of a kind land: the columns of the key, the others, and what each is of a document."""

    model: type
    kind: str
    key: dict
    rest: dict
    joins: str = OF_A_CASE


CASE_ID, SENTENCE_ID, SOURCE_ID = {"case_id": "c.id"}, {"sentence_id": "q.id"}, {"source_id": "docs.id"}  # fmt: skip
EACH_ADDRESS = f"{OF_A_CASE} CROSS JOIN jsonb_array_elements(d->'contactDetails'->'addresses') e"
EACH_NUMBER = f"{OF_A_CASE} CROSS JOIN jsonb_array_elements(d->'contactDetails'->'phoneNumbers') e"
EACH_NAME = f"{OF_A_CASE} CROSS JOIN jsonb_array_elements(d->'offenderAliases') e"
EACH_MANAGER = f"""{OF_A_CASE} CROSS JOIN jsonb_array_elements(d->'offenderManagers') e
    LEFT JOIN staff_team tm ON tm.code = e->'team'->>'code' LEFT JOIN staff_provider pr ON pr.code = e->'probationArea'->>'code'
    LEFT JOIN staff_user u ON u.staff_code = e->'staff'->>'code'"""
HELD_BY = """LEFT JOIN staff_team tm ON tm.code = d->'offenderManagers'->0->'team'->>'code'
    LEFT JOIN staff_provider pr ON pr.code = d->'offenderManagers'->0->'probationArea'->>'code'
    LEFT JOIN staff_user u ON u.staff_code = d->'offenderManagers'->0->'staff'->>'code'"""
LANDINGS = [
    Landing(Case, "offender", {"crn": "docs.crn"}, {
        "surname": "d->>'surname'", "forename": "d->>'firstName'", "sort_name": "lower((d->>'surname') || ' ' || (d->>'firstName'))",
        "born_on": _day("dateOfBirth"), "sex": "CASE d->>'gender' WHEN 'Male' THEN 'M' WHEN 'Female' THEN 'F' ELSE 'N' END",
        "state": "CASE d->>'currentDisposal' WHEN '1' THEN 'supervised' ELSE 'no_sentence' END", "provider_id": "pr.id", "team_id": "tm.id",
        "officer_id": "u.id", "imported": "true",
    }, HELD_BY),
    Landing(Person, "offender", CASE_ID, {
        "title": "d->>'title'", "middle_names": "d->'middleNames'->>0", "ethnicity": "d->'offenderProfile'->>'ethnicity'",
        "sex_as_given": "d->>'gender'", "nationality": "d->'offenderProfile'->>'nationality'",
        "first_language": "d->'offenderProfile'->'offenderLanguages'->>'primaryLanguage'",
        "needs_interpreter": "(d->'offenderProfile'->'offenderLanguages'->>'requiresInterpreter')::boolean",
        "has_sentence": "d->>'currentDisposal' = '1'",
    }),
    Landing(OtherName, "offender", CASE_ID | {"surname": "e->>'surname'", "forename": "e->>'firstName'"}, {"imported": "true"}, EACH_NAME),
    Landing(Identifier, "offender", CASE_ID | {"kind": "'pnc'", "match": "d->'otherIds'->>'pncNumber'"}, {"value": "d->'otherIds'->>'pncNumber'"}),
    Landing(Reachable, "offender", CASE_ID | {"kind": "lower(e->>'type')", "value": "e->>'number'"}, {"imported": "true"}, EACH_NUMBER),
    Landing(Address, "offender", CASE_ID | {
        "status_code": "e->'status'->>'code'", "lines": "(e->>'addressNumber') || ' ' || (e->>'streetName')", "town": "e->>'town'",
        "postcode": "e->>'postcode'", "from_on": _day("from", "e"),
    }, {"no_fixed_abode": "(e->>'noFixedAbode')::boolean", "imported": "true"}, EACH_ADDRESS),
    Landing(Allocation, "offender", CASE_ID | {"officer_code": "e->'staff'->>'code'", "from_on": _day("fromDate", "e")}, {
        "officer_id": "u.id", "provider_id": "pr.id", "team_id": "tm.id", "active": "(e->>'active')::boolean",
        "officer_name": "(e->'staff'->>'forenames') || ' ' || (e->'staff'->>'surname')",
    }, EACH_MANAGER),
    Landing(Sentence, "conviction", CASE_ID | SOURCE_ID, {
        "event": "d->>'index'", "active": "(d->>'active')::boolean", "description": "d->'sentence'->>'description'",
        "outcome_code": "d->'latestCourtAppearanceOutcome'->>'code'", "convicted_on": _day("convictionDate"), "referred_on": _day("referralDate"),
        "started_on": _day("startDate", "(d->'sentence')"), "length": "(d->'sentence'->>'originalLength')::int",
        "length_unit": "d->'sentence'->>'originalLengthUnits'", "length_days": "(d->'sentence'->>'lengthInDays')::int",
        "expected_end_on": _day("expectedSentenceEndDate", "(d->'sentence')"), "court_code": "d->'responsibleCourt'->>'code'",
        "court_name": "d->'responsibleCourt'->>'courtName'", "in_breach": "(d->>'inBreach')::boolean",
        "allocated_on": _day("allocatedToCrcOn", "(d->'ext')"),
    }),
    Landing(Offence, "conviction", SENTENCE_ID | {"source_id": "e->>'offenceId'"}, {
        "code": "e->'detail'->>'code'", "description": "e->'detail'->>'description'", "main": "(e->>'mainOffence')::boolean",
        "committed_on": _day("offenceDate", "e"), "count": "(e->>'offenceCount')::int",
    }, f"{OF_A_SENTENCE} CROSS JOIN jsonb_array_elements(d->'offences') e"),
    Landing(Predictor, "conviction", CASE_ID | SENTENCE_ID | {"kind": "'ogrs3'", "source": "d->'ext'->'ogrs'->>'source'", "assessed_on": _day("assessedOn", "(d->'ext'->'ogrs')")}, {
        "one_year": "(d->'ext'->'ogrs'->>'oneYear')::numeric(5, 2)", "two_year": "(d->'ext'->'ogrs'->>'twoYears')::numeric(5, 2)",
    }, OF_A_SENTENCE),
    Landing(Requirement, "requirement", SENTENCE_ID | SOURCE_ID, {
        "main_code": "d->'requirementTypeMainCategory'->>'code'", "main_name": "d->'requirementTypeMainCategory'->>'description'",
        "sub_code": "d->'requirementTypeSubCategory'->>'code'", "sub_name": "d->'requirementTypeSubCategory'->>'description'",
        "length": "(d->>'length')::int", "length_unit": "d->>'lengthUnit'", "active": "(d->>'active')::boolean", "commenced_on": _day("startDate"),
    }, OF_A_SENTENCE),
    Landing(Registration, "registration", CASE_ID | SOURCE_ID, {
        "type_code": "d->'type'->>'code'", "type_name": "d->'type'->>'description'", "register_name": "d->'register'->>'description'",
        "active": "(d->>'active')::boolean", "started_on": _day("startDate"), "review_on": _day("nextReviewDate"),
        "review_months": "(d->>'reviewPeriodMonths')::int",
    }),
    Landing(Contact, "contact", CASE_ID | SOURCE_ID, {
        "sentence_id": "q.id", "type_code": "d->'type'->>'code'", "type_name": "d->'type'->>'description'",
        "started_at": "(d->>'contactStart')::timestamptz", "ended_at": "(d->>'contactEnd')::timestamptz",
        "appointment": "(d->'type'->>'appointment')::boolean", "national_standard": "(d->'type'->>'nationalStandard')::boolean",
        "outcome_code": "d->'outcome'->>'code'", "outcome_name": "d->'outcome'->>'description'", "attended": "(d->'outcome'->>'attended')::boolean",
        "complied": "(d->'outcome'->>'complied')::boolean", "sensitive": "(d->>'sensitive')::boolean", "notes": "d->>'notes'",
        "staff_code": "d->'staff'->>'code'", "staff_name": "(d->'staff'->>'forenames') || ' ' || (d->'staff'->>'surname')",
    }, OF_A_SENTENCE.replace("JOIN least.cases_sentence", "LEFT JOIN least.cases_sentence")),
    Landing(Circumstance, "personal_circumstance", CASE_ID | SOURCE_ID, {
        "type_code": "d->'personalCircumstanceType'->>'code'", "type_name": "d->'personalCircumstanceType'->>'description'",
        "subtype_code": "d->'personalCircumstanceSubType'->>'code'", "subtype_name": "d->'personalCircumstanceSubType'->>'description'",
        "started_on": _day("startDate"), "ended_on": _day("endDate"), "evidenced": "(d->>'evidenced')::boolean", "notes": "d->>'notes'",
    }),
]  # fmt: skip


def prepare():
    """Its own tables, beside those of the system: the same columns and indexes, and no keys to others nor triggers."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS least CASCADE; CREATE SCHEMA least")
        cursor.execute("CREATE TABLE least.history (of text, at timestamptz, was jsonb); CREATE TABLE least.reject (line bigint, field text, reason text)")  # fmt: skip
        for model in MODELS:
            table = model._meta.db_table
            cursor.execute(f"CREATE TABLE least.{table} (LIKE public.{table} INCLUDING INDEXES INCLUDING IDENTITY)")  # fmt: skip
            for field in model._meta.concrete_fields:
                if not field.null and not field.primary_key:
                    cursor.execute(f'ALTER TABLE least.{table} ALTER COLUMN "{field.column}" DROP NOT NULL')  # fmt: skip


def empty():
    with connection.cursor() as cursor:
        tables = ", ".join(f"least.{model._meta.db_table}" for model in MODELS)
        cursor.execute(f"TRUNCATE {tables}, least.history, least.reject")


def bring_in(path):
    """All of it in one transaction, which the caller opens."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        with path.open("rb") as file:
            cursor.copy_expert("COPY lines (line) FROM STDIN", Escaped(file))
        cursor.execute(DOCUMENTS, [DAYS])
        for one in LANDINGS:
            cursor.execute(_merge(one))


def _merge(one):
    names = {name: f'"{name}"' for name in (one.key | one.rest)}
    return MERGE.format(
        table=one.model._meta.db_table,
        kind=one.kind,
        joins=one.joins,
        values=", ".join(f"{value} AS {names[name]}" for name, value in (one.key | one.rest).items()),
        on=" AND ".join(f"t.{names[name]} = s.{names[name]}" for name in one.key),
        held=", ".join(f"t.{names[name]}" for name in one.rest),
        said=", ".join(f"s.{names[name]}" for name in one.rest),
        columns=", ".join(names[name] for name in one.rest),
        all_columns=", ".join(names.values()),
        all_said=", ".join(f"s.{name}" for name in names.values()),
    )  # fmt: skip


class Escaped:
    """A file as COPY reads it in its own format: a backslash of JSON is doubled."""

    def __init__(self, file):
        self._file = file

    def read(self, size):
        return self._file.read(size).replace(b"\\", b"\\\\")
