"""Somebody at unpaid work, and whom an order protects from them: the name stands in whatever anybody has written.

Where the protected person lives, what the order calls its areas and where those are stand only where they are kept.
"""

from datetime import timedelta
from uuid import UUID

from django.apps import apps

from cases.models import RelatedPerson, RestrictedArea, Subject
from staff.permissions import Role
from tests import test_sharing as marks
from tests.factories import (
    NOW,
    TODAY,
    AttendanceFactory,
    AvailabilityFactory,
    CaseFactory,
    CourseFactory,
    InstructionFactory,
    NeighbourFactory,
    OverrideFactory,
    ProjectFactory,
    RegistrationFactory,
    RestrictionFactory,
    RouteFactory,
    SiteCheckFactory,
    StopFactory,
    UserFactory,
    WorkAllocationFactory,
    WorkFactory,
    WorkRiskFactory,
    WorkSessionFactory,
)
from unpaidwork.models import Acknowledgement, Adjustment, Incident, SiteWatch, Sync, WorkReview
from unpaidwork.services.sheets import settle_reach

NAME = "Zorvik Quellhase"
KEPT = {  # what of them is looked for, in small letters
    "name": ("zorvik", "quellhase"),
    "home": ("quixwater", "zx9 8qj", "zx98qj"),
    "label": ("vexholme",),
    "area": ("457913", "203871", "457,913", "203,871", "458317", "458,317", "204291", "204,291"),
}
REFUGE = ("krexwell", "456789", "204567", "456,789", "204,567")
OUTLINE = {"rings": [[[457913, 203871], [458317, 203871], [458317, 204291], [457913, 204291]]]}
OTHER_OUTLINE = {"rings": [[[470011, 210013], [470017, 210013], [470017, 210019]]]}
SHORTEST = 40  # a column that holds fewer letters holds a code, a time or a telephone number
WRITTEN = {
    "words",
    "source",
    "sentence",
    "note",
    "said_words",
}  # in a document, what somebody writes
# Of a place, a day or a reference list, and not of anybody who works there
ABOUT_NOBODY = {
    "Availability", "Beneficiary", "Neighbour", "PickUp", "Project", "Route", "SiteCheck", "SiteWatch", "Stop", "Sync",
    "WorkSession", "Acknowledgement",
}  # fmt: skip
IMPORTED = {"Sentence", "Offence", "Requirement", "Registration"}  # named from reference lists


def somebody_protected():
    """{what stands in an address: its key} of a case with everything around it, and the case under "case"."""
    case = CaseFactory(forename="Alan")
    marks._kept_rows(case)
    case.related_people.update(
        name=NAME, address="7 Quixwater Row", postcode="ZX9 8QJ", protected=True, victim=True
    )
    Subject.objects.filter(enquiry__case=case, kind="partner").update(name=NAME)
    RestrictedArea.objects.update(
        label="Around Vexholme", shape="polygon", outline=OUTLINE, buffer=50
    )
    project = a_site_with_a_refuge()
    keys = at_work(case, project)
    write_it_everywhere()
    return {"case": case, **keys}


def a_site_with_a_refuge():
    project = ProjectFactory(easting=452000, northing=205000)
    SiteCheckFactory(project=project)
    AvailabilityFactory(project=project)
    NeighbourFactory(
        project=project, near="refuge", what="Krexwell", easting=456789, northing=204567
    )
    StopFactory(route=RouteFactory(project=project))
    return project


def at_work(case, project):
    """Today's session, as its supervisor meets it: published, begun, with an incident, a watch and a disagreement."""
    by = case.officer
    written = {"at": NOW, "by": by}
    work = WorkFactory(case_of=case, ete_because="x", intensive_because="x", state_because="x")
    Adjustment.objects.create(work=work, reason="error", minutes=1, on=TODAY, note="x", **written)
    course = CourseFactory(work=work)
    WorkReview.objects.create(
        work=work, point="third", held_on=TODAY, their_words="x", strengths="x", next="x", **written
    )
    answers = {
        code: {"said": "yes", "words": "x", "source": "x", "on": "2018-09-28"}
        for code in ("harm.violence", "health.allergies", "motivation.words", "managing.group")
    }
    signed = {"signed_at": NOW, "signed_by": by, "good_until": TODAY + timedelta(days=90)}
    risk = WorkRiskFactory(case=case, state="signed", answers=answers, **signed)
    WorkRiskFactory(case=case, answers=answers)
    registration = RegistrationFactory(case=case, type_code="WEAP")
    instruction = InstructionFactory(registration=registration, must_not="x", watch_for="x")
    place = WorkAllocationFactory(
        work=work, project=project, evidence={"found": [{"sentence": "x"}]}, agreed_alone="x",
        travel_because="x", travel_help="x", state="suspended", state_because="x",
    )  # fmt: skip
    ended = WorkAllocationFactory(
        work=work, project=project, state="ended", state_because="x", weekday=2
    )
    session = WorkSessionFactory(project=project, on=TODAY, state="published")
    session.staff.add(UserFactory(role=Role.SUPERVISOR, team=case.team))
    came = AttendanceFactory(
        session=session, work=work, allocation=place, came="here", arrived_at=NOW, note="x",
        travel="waiting",
    )  # fmt: skip
    settle_reach(sessions=[session])
    Acknowledgement.objects.create(session=session, case=case, digest="x", **written)
    sync = Sync.objects.create(
        key=UUID(int=9), session=session, device=UUID(int=9), attendance=came, state="conflict",
        sent={"came": "not_come", "note": NAME}, because="x", said_at=NOW, **written,
    )  # fmt: skip
    incident = Incident.objects.create(
        session=session, case=case, kind="incident", words="x", harm=True, **written
    )
    watch = SiteWatch.objects.create(
        session=session, user=session.staff.get(), began_at=NOW, call_by=NOW
    )
    override = OverrideFactory(
        case=case, assessment=None, act="allocation", state="approved", gaps=["risk"],
        sentences=["x"], expires_on=TODAY + timedelta(days=5), decided_at=NOW, decided_by=UserFactory(),
        decision_note="x",
    )  # fmt: skip
    RestrictionFactory(
        case=case, ended_on=TODAY, ended_because="x", protects=case.related_people.first()
    )
    return {
        "work_requirement": work.pk, "work_course": course.pk, "risk": risk.pk, "risk_part": "harm",
        "flag": f"register-{registration.pk}", "instruction": instruction.pk, "allocation": place.pk,
        "ended": ended.pk, "session": session.pk, "attendance": came.pk, "sync": sync.pk,
        "incident": incident.pk, "watch": watch.pk, "override": override.pk, "project": project.pk,
        "beneficiary": project.beneficiary_id, "days": project.availability.get().pk,
        "neighbour": project.neighbours.get().pk, "way": project.routes.get().pk,
        "pick_up": project.routes.get().stops.get().pick_up_id,
        "restriction": case.restrictions.standing().get().pk,
    }  # fmt: skip


def write_it_everywhere():
    """The name in each free text about a case and its unpaid work, whoever may have let it in there."""
    for app in ("cases", "unpaidwork"):
        for model in apps.get_app_config(app).get_models():
            skipped = marks.ABOUT_NOBODY | ABOUT_NOBODY | IMPORTED | {"RelatedPerson", "Subject"}
            if model.__name__.endswith("Event") or model.__name__ in skipped:
                continue
            for row in model.objects.all():
                said = {one.name: with_the_name(one, row) for one in marks._words_of(model)}
                changed = {name: value for name, value in said.items() if value is not None}
                if changed:
                    model.objects.filter(pk=row.pk).update(**changed)


def with_the_name(field, row):
    stands = getattr(row, field.name)
    if field.name == "label":
        return None
    if field.get_internal_type() == "JSONField":
        return in_words(stands)
    if not stands or (field.max_length or SHORTEST) < SHORTEST:
        return None
    return f"It was about {NAME} then"


def in_words(value, written=False):
    """A document with the name wherever it holds what somebody writes, and all else as it was."""
    if isinstance(value, dict):
        return {key: in_words(one, key in WRITTEN or "." in key) for key, one in value.items()}
    if isinstance(value, list):
        return [in_words(one, written) for one in value]
    return f"It was about {NAME} then" if written and isinstance(value, str) else value


def somebody_else_instead(case):
    """Another is protected, living elsewhere, and the order bans another area: nothing else changes."""
    RelatedPerson.objects.filter(case=case).update(
        address="9 Another Street", postcode="AB1 2CD", born_on=TODAY
    )
    RestrictedArea.objects.filter(restriction__case=case).update(
        label="Around somewhere else", outline=OTHER_OUTLINE, buffer=10
    )
