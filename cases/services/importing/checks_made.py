"""Checks that the extract says were made before: asked, and perhaps answered.

Source: the import contract, `ext.checksMade`; product rules, checks: for an imported case the ladder
starts when it is taken up, so the clock of an open enquiry runs from the day it came in.
"""

import json
from datetime import date

from cases.models import Case, Enquiry, EnquiryStep, Subject
from cases.reference.checks import Because, EnquiryState, Reply, SubjectKind
from cases.rules.checks import STEP
from cases.services.deadlines import open_deadline
from cases.services.importing.staged_rows import CASE
from cases.services.policy import check_policy
from cases.services.replies import record_reply
from staff.rules.dates import say_date

MADE = f"""
    SELECT DISTINCT ON (c.id, e.row->>'kind', e.row->>'asked_on') c.id, e.row
    FROM staged s JOIN {CASE} c ON c.crn = s.crn CROSS JOIN jsonb_array_elements(s.parts->'checks') e(row)
    WHERE s.reason IS NULL AND s.kind = 'registration'
    ORDER BY c.id, e.row->>'kind', e.row->>'asked_on', e.row->>'answered_on' NULLS LAST, e.row::text
"""
ASKED_OF = "Not said in the extract"


def add_checks(cursor, *, by, today, now):
    """Add each check as an enquiry, once; an answer that has come since is recorded on it."""
    cursor.execute(MADE)
    made = [(pk, json.loads(check)) for pk, check in cursor.fetchall()]
    cases = Case.objects.in_bulk([pk for pk, _ in made])
    held = {
        (one.case_id, one.kind, one.sent_on): one
        for one in Enquiry.objects.filter(case__in=cases, because=Because.IMPORTED)
    }
    for pk, check in made:
        asked_on = date.fromisoformat(check["asked_on"])
        answered_on = check["answered_on"] and date.fromisoformat(check["answered_on"])
        if asked_on > today or (answered_on and not asked_on <= answered_on <= today):
            continue
        enquiry = held.get((pk, check["kind"], asked_on))
        if not enquiry:
            _add(cases[pk], check, asked_on, answered_on, by=by, today=today)
        elif answered_on and enquiry.state == EnquiryState.SENT:
            words = check["answer"] or "Not said in the extract"
            record_reply(
                enquiry=enquiry,
                answers=dict.fromkeys(
                    enquiry.subjects.values_list("pk", flat=True), Reply(check["reply"])
                ),
                text=words,
                on=answered_on,
                by=by,
                today=today,
                now=now,
            )


def _add(case, check, asked_on, answered_on, *, by, today):
    state = EnquiryState.REPLIED if answered_on else EnquiryState.SENT
    enquiry = Enquiry.objects.create(
        case=case,
        kind=check["kind"],
        because=Because.IMPORTED,
        triggered_on=asked_on,
        state=state,
        asked_of=ASKED_OF,
        sent_on=asked_on,
        replied_on=answered_on,
        reply=check["reply"],
        reply_text=check["answer"],
        due_on=today,
    )
    Subject.objects.create(
        enquiry=enquiry,
        kind=SubjectKind.PERSON,
        name=case.name,
        born_on=case.born_on,
        reply=check["reply"],
    )
    steps = [("sent", asked_on), ("replied", answered_on)]
    EnquiryStep.objects.bulk_create(
        EnquiryStep(enquiry=enquiry, on=on, by=by, did=did, note="From the extract")
        for did, on in steps
        if on
    )
    deadline = open_deadline(
        case=case,
        kind=STEP[state],
        triggered_on=today,
        why=f"Asked {say_date(asked_on)}, as the extract says; taken up {say_date(today)}",
        by=by,
        today=today,
        enquiry=enquiry,
        lengths=check_policy(today).lengths(),
    )
    Enquiry.objects.filter(pk=enquiry.pk).update(due_on=deadline.due_on)
