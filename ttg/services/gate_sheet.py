"""The sheet for the gate. It is always made, whatever is missing; each making is in the audit trail, nothing of it is kept.

Source: Through the Gate reference 6; product rules, sharing. Who has died gets no paper.
"""

from django.db import transaction

from cases.agencies.typeset import CannotPrint
from cases.rules.leaving import check_not_died
from cases.services.policy import request_policy
from staff.audit import record
from ttg.agencies.gate_sheet import gate_sheet
from ttg.queries.gate_sheet import sheet_facts
from ttg.rules.gate_sheet import printable, sheet_of


def what_the_sheet_says(*, case, names, today):
    """The sheet as it would be printed now, for the reader whose `names` these are. Nothing is made or kept."""
    sheet = sheet_of(sheet_facts(case, request_policy(today).reply_to, today))
    parts = [
        part | {"lines": [names.text(one) for one in part["lines"]]} for part in sheet["parts"]
    ]
    return sheet | {"parts": parts}


@transaction.atomic
def make_gate_sheet(*, case, by, today):
    """The bytes of the sheet as a PDF. A line that no font of ours has says so; the rest is printed."""
    check_not_died(case.left_as)
    facts = sheet_facts(case, request_policy(today).reply_to, today)
    sheet = sheet_of(facts)
    try:
        content = gate_sheet(sheet)
    except CannotPrint:
        content = gate_sheet(printable(sheet, facts.telephone))
    record(by=by, action="made_gate_sheet", crn=case.crn)
    return content
