"""Who could be hurt: naming them, so that the plan can protect them, and saying when they no longer could be.

Source: product rules, sharing (named victims are never shared with the person); report 2.4.
"""

from django.db import transaction
from django.urls import reverse

from cases.models import Case, PotentialVictim, RelatedPerson
from cases.queries.recipients import seniors_of
from cases.reference.checks import SubjectKind
from cases.reference.codes import Sharing
from cases.reference.harm import HarmGroup
from cases.rules.interim import says_nothing
from cases.services.checks import lock_case
from cases.services.intake import open_due_enquiries
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken

SOURCE = "Assessment"
HOW = "Say how they could be hurt, and when."
WHO = "Choose somebody around the case, or enter the name of somebody new."


@transaction.atomic
def add_victim(
    *, case, group, how, by, today, person=None, name="", kind="", relationship="", born_on=None
):
    """Name somebody who could be hurt: `person`, the key of one around the case, or somebody new by their name.

    Somebody new is kept with the case, their name protected, and the agencies that answer for them are
    asked at once where a rule says so. Returns the `PotentialVictim`.
    """
    case = lock_case(case)
    if says_nothing(how):
        raise RuleBroken(HOW)
    if person is None:
        person = _new_person(case, name, kind, relationship, born_on)
        checked = Case.objects.checked_by_rule().filter(pk=case.pk)
        open_due_enquiries(case_ids=list(checked.values_list("pk", flat=True)), by=by, today=today)
    else:
        person = _around(case, person)
    victim = PotentialVictim.objects.create(
        case=case,
        person=person,
        group=HarmGroup(group),
        how=how.strip(),
        since_on=today,
        by=by,
    )
    record(by=by, action="named_potential_victim", crn=case.crn, victim=victim.pk)
    return victim


def _new_person(case, name, kind, relationship, born_on):
    if not name.strip():
        raise RuleBroken(WHO)
    if kind not in set(SubjectKind) - {SubjectKind.PERSON, SubjectKind.ADDRESS}:
        raise RuleBroken("Say who they are to the person: a partner, a child or somebody else.")
    return RelatedPerson.objects.create(
        case=case,
        kind=kind,
        name=" ".join(name.split()),
        relationship=relationship.strip(),
        born_on=born_on,
        protected=True,
        source=SOURCE,
        sharing=Sharing.NO,
    )


def _around(case, person):
    found = case.related_people.filter(pk=person, to_on=None).first()
    if found is None:
        raise RuleBroken(WHO)
    if found.could_be_hurt.current().exists():
        raise RuleBroken("They are already named as somebody who could be hurt.")
    return found


@transaction.atomic
def end_victim(*, victim, because, by, today, now):
    """Say that they can no longer be hurt, and why. Their name stays with the case, protected as it was.

    The seniors hear at once: it opens a gate of the plan that nobody may override.
    """
    case = lock_case(victim.case)
    victim = PotentialVictim.objects.select_for_update(no_key=True).get(pk=victim.pk)
    if victim.ended_on:
        raise RuleBroken("This has ended already.")
    if says_nothing(because):
        raise RuleBroken("Say why they are no longer at risk from the person.")
    victim.ended_on, victim.ended_because = today, because.strip()
    victim.save(update_fields=["ended_on", "ended_because"])
    record(by=by, action="ended_potential_victim", crn=case.crn, victim=victim.pk)
    tell(
        case=case,
        users=[one for one in seniors_of(case, today, but=by) if one != by],
        text=f"{by.name} says that somebody on {case.crn} could no longer be hurt. Read why.",
        href=reverse("victims", args=[case.crn]),
        now=now,
    )
    return victim
