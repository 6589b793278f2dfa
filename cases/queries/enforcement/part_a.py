"""Part A of a recall on paper: what the NPS is sent. Everything is said in full, for it decides on it.

Source: supervision reference 2.3. The official form is not reproduced.
"""

from django.utils.timezone import localtime

from cases.models import Registration
from cases.queries.enforcement.recalls import (
    failures_of,
    lines_of,
    said_of,
    signed_by,
    tried_of,
)
from cases.queries.enquiries import homes_of
from cases.queries.names import Names
from cases.queries.registers import register_name
from cases.rules.enforcement.recalls import left_of
from staff.kit import on
from staff.rules.dates import say_date, say_time

TITLE = "Recall: Part A"


def part_a_of(recall, ours, now):
    """What the template is given (`cases/agencies/part_a.typ`). `ours`: who we are, of the policy on requests."""
    case, names, at = recall.case, Names(recall.case.name, all_seen=True), localtime(now)
    signer = signed_by(recall)
    return {
        "title": TITLE,
        "crn": case.crn,
        "name": case.name,
        "organisation": ours.organisation,
        "printed": f"Made {say_date(at.date())} at {say_time(at)}",
        "urgent": "Emergency" if recall.emergency else "",
        "incomplete": "The rest of Part A follows: this is an emergency." if left_of(recall.answers) else "",
        "person": _person(case),
        "recall": _said(lines_of(recall, names)),
        "failures": _said(failures_of(recall, names)),
        "answers": _said(said_of(recall, names)),
        "tried": _said(tried_of(recall, names)),
        "signed": [
            {"label": "Part A signed by", "value": signer.name if signer else "Not signed yet", "detail": ""},
            {
                "label": "Countersigned by",
                "value": recall.countersigned_by.name if recall.countersigned_by else "Not countersigned yet",
                "detail": recall.countersigned_words,
            },
        ],
    }  # fmt: skip


def _said(lines):
    return [{"label": one.label, "value": one.value, "detail": one.detail} for one in lines]


def _person(case):
    registers = Registration.objects.current().filter(case=case).order_by("type_code", "pk")
    known = [
        ("Name", case.name),
        ("Case reference", case.crn),
        ("Date of birth", on(case.born_on)),
        ("Last known address", _address(case)),
        ("Responsible officer", case.officer.name if case.officer else "Nobody is named"),
        ("Team", case.team.name if case.team else "not recorded"),
        ("Registers", ", ".join(register_name(one) for one in registers) or "None is current"),
    ]
    return [{"label": label, "value": value, "detail": ""} for label, value in known]


def _address(case):
    homes = homes_of([case.pk]).get(case.pk, [])
    if not homes:
        return "not recorded"
    home = homes[-1]
    if home.no_fixed_abode:
        return "No fixed abode"
    parts = [home.lines.replace("\n", ", "), home.town, home.county, home.postcode]
    return ", ".join(filter(None, parts))
