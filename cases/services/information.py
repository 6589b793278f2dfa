"""Taking in what somebody tells us about people under supervision, and reading it.

Source: product rules, information in: told at once to the owner and cover of everybody it names, read
the same day when somebody could be hurt, and read means "changes nothing because, raised now, plan".
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Information, NonAssociation, Reading
from cases.queries.enquiries import check_facts
from cases.queries.recipients import owner_and_cover
from cases.reference.agencies import DocumentKind
from cases.reference.checks import SubjectKind
from cases.reference.codes import Sharing
from cases.reference.information import InformationKind, ReadAs, ReadingState, Relation
from cases.rules.enquiries import asked_about
from cases.rules.information import (
    check_information,
    check_outcome,
    enquiries_called_for,
    keeps_apart,
    reading_kind,
)
from cases.rules.words import within_a_sentence
from cases.services.actions import add_action
from cases.services.checks import ask_agencies
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.documents import keep_document
from cases.services.raising import raise_now
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

SAME_SPELL = timedelta(hours=1)  # the same words by the same hand within it are the same call
READING_KINDS = ("read_information", "read_information_today")


@transaction.atomic
def record_information(
    *, crn, kind, said_by, who, happened_on, text, harm, sharing=Sharing.NO, by, today, now,
    others=(), document=None, attached=None,
):  # fmt: skip
    """Keep it, and pass it to those who hold every case it names, limited access or not.

    `others`: (CRN, `Relation` to the person it is about) of other people under supervision whom it
    names. Whoever records need not be able to open any of the cases, and learns nothing of them.
    `document`: one kept already; `attached`: the bytes of one to keep.
    """
    case, related = _named(crn, others, by)
    if document is None and attached is None and kind != InformationKind.REPLY:
        said = {"kind": kind, "text": text.strip(), "happened_on": happened_on, "harm": harm}
        _check_not_twice(case, related, said, by=by, now=now)
    if attached is not None:
        document = _keep(attached, case, by=by, now=now)
    return keep_information(
        case=case, related=related, kind=kind, said_by=said_by, who=who, happened_on=happened_on,
        text=text, harm=harm, sharing=sharing, document=document, by=by, today=today, now=now,
    )  # fmt: skip


@transaction.atomic
def keep_information(
    *, case, kind, said_by, who, happened_on, text, harm, by, today, now, related=(),
    sharing=Sharing.NO, document=None,
):  # fmt: skip
    """Keep it and pass it on, where whoever records it has reached these cases already.

    `related`: (case, `Relation` to the person it is about) of others whom it names. All of them are held here.
    """
    check_information(who=who, text=text, happened_on=happened_on, today=today)
    list(_lock(Case.objects.filter(pk__in=[case.pk, *(other.pk for other, _ in related)])))
    information = Information.objects.create(
        kind=kind,
        said_by=said_by,
        who=who.strip(),
        happened_on=happened_on,
        text=text.strip(),
        harm=harm,
        sharing=sharing,
        document=document,
        at=now,
        by=by,
    )
    _pass_on(information, case, "", by=by, today=today, now=now)
    for other, relation in related:
        _pass_on(information, other, relation, by=by, today=today, now=now)
        if keeps_apart(relation):
            _keep_apart(case, other, relation, information, by=by, today=today)
    return information


@transaction.atomic
def read_information(
    *, reading, read_as, because="", by, today, now, raised=None, rise=None, action=None
):
    """Say what it came to.

    `raised`: a `Raise` of this case; `rise`: the kind, value and part of one to make now, for the same
    reason; `action`: (what, by whom, by when) of one to put in the plan.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=reading.case_id)
    reading = Reading.objects.select_related("read_by").get(pk=reading.pk)
    if reading.state == ReadingState.READ:
        how = within_a_sentence(ReadAs(reading.read_as).title.removesuffix(", because"))
        raise RuleBroken(
            f"{reading.read_by.name} has read this already, on {say_date(reading.read_on)}: {how}."
        )
    check_outcome(read_as, because=because, raised=raised or rise, action=action)
    if raised is not None and raised.case_id != case.pk:
        raise RuleBroken("That was raised on another case.")
    if read_as == ReadAs.RAISED and rise:
        raised = raise_now(case=case, because=because, by=by, now=now, **rise)
    if read_as == ReadAs.PLAN:
        asked = dict(zip(("what", "by_whom", "by_on"), action, strict=True))
        add_action(case=case, reading=reading, by=by, today=today, **asked)
    reading.state, reading.read_as, reading.because = ReadingState.READ, read_as, because.strip()
    reading.raised, reading.read_on, reading.read_by = raised, today, by
    reading.save()
    for kind in READING_KINDS:
        meet_deadline(case=case, kind=kind, by=by, today=today, reading=reading)
    record(by=by, action="read_information", crn=case.crn, reading=reading.pk, came_to=str(read_as))
    return reading


@transaction.atomic
def end_non_association(*, non_association, because, by, today):
    """Say that these two need no longer be kept apart, and why."""
    pair = [non_association.one_id, non_association.other_id]
    cases = list(_lock(Case.objects.filter(pk__in=pair)))
    held = NonAssociation.objects.get(pk=non_association.pk)
    if held.to_on:
        raise RuleBroken(f"They have not been kept apart since {say_date(held.to_on)}.")
    if not because.strip():
        raise RuleBroken("Say why they need no longer be kept apart, and how you know.")
    held.to_on, held.ended_because = today, because.strip()
    held.save()
    for case in cases:
        record(by=by, action="ended_non_association", crn=case.crn, non_association=held.pk)
    return held


def _keep(content, case, *, by, now):
    kind = DocumentKind.INFORMATION
    return keep_document(case=case, enquiry=None, kind=kind, content=content, by=by, now=now)


def _named(crn, others, by):
    """The case it is about, within reach of whoever records, and the others; all of them held."""
    crn = crn.strip().upper()
    about = Case.objects.within_reach(by, Action.RECORD_INFORMATION).filter(crn=crn)
    wanted = {other.strip().upper(): Relation(relation) for other, relation in others}
    if crn in wanted:
        raise RuleBroken(f"{crn} is the person it is about. Name only others here.")
    held = {
        case.crn: case
        for case in _lock(
            Case.objects.filter(pk__in=about.values("pk")) | Case.objects.filter(crn__in=wanted)
        )
    }
    if crn not in held:
        raise RuleBroken(f"There is no case {crn} that you may record information about.")
    for other in wanted:
        if other not in held:
            raise RuleBroken(f"There is no case {other}. Look it up, or leave it out.")
    return held[crn], [(held[other], relation) for other, relation in wanted.items()]


def _check_not_twice(case, related, said, *, by, now):
    """The page sent again, by going back or in doubt whether it went, is not a second call-out.

    A document may hold what the words do not say, and a reply is kept once by the desk that takes it in.
    """
    named = {(case.pk, ""), *((other.pk, str(relation)) for other, relation in related)}
    same = Information.objects.filter(**said, by=by, at__gt=now - SAME_SPELL)
    for before in same.filter(readings__case=case, readings__main=True).order_by("-at"):
        if set(before.readings.values_list("case", "relation")) == named:
            at = say_time(localtime(before.at).time())
            raise RuleBroken(
                f"You recorded this about {case.crn} at {at}. It is not recorded again."
            )


def _lock(cases):
    """Held in one order, so that two who name the same people cannot wait for each other."""
    return cases.order_by("pk").select_for_update(no_key=True)


def _pass_on(information, case, relation, *, by, today, now):
    """One case's share of it: to be read, told to those who hold it, and the enquiries it calls for."""
    reading = Reading.objects.create(
        information=information, case=case, main=not relation, relation=relation
    )
    title = InformationKind(information.kind).title
    deadline = open_deadline(
        case=case,
        kind=reading_kind(harm=information.harm),
        triggered_on=today,
        why=f"{title}, recorded {say_date(today)}",
        by=by,
        today=today,
        reading=reading,
    )
    urgent = ". Somebody could be hurt" if information.harm else ""
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one != by],
        text=f"{title} about {case.crn}{urgent}. Read it by {say_date(deadline.due_on)}.",
        href=reverse("see-information", args=[case.crn, reading.pk]),
        now=now,
        urgent=information.harm,
    )
    record(
        by=by,
        action="recorded_information",
        crn=case.crn,
        reading=reading.pk,
        kind=str(information.kind),
        harm=information.harm,
    )
    _ask(information, case, relation, by=by, today=today)


def _ask(information, case, relation, *, by, today):
    if not Case.objects.ours().filter(pk=case.pk).exists():
        return
    about = check_facts([case], today)[case.pk].about
    called_for = enquiries_called_for(
        information.kind,
        children=any(one.kind == SubjectKind.CHILD for one in about),
        main=not relation,
        apart=keeps_apart(relation),
    )
    for kind, because in called_for:
        ask_agencies(
            case=case,
            kind=kind,
            because=because,
            subjects=asked_about(kind, about),
            triggered_on=today,
            by=by,
            today=today,
        )


def _keep_apart(case, other, relation, information, *, by, today):
    one, two = sorted((case, other), key=lambda held: held.pk)
    if NonAssociation.objects.filter(one=one, other=two, to_on=None).exists():
        return
    made = NonAssociation.objects.create(
        one=one,
        other=two,
        why=f"{other.crn} {within_a_sentence(relation.title)} {case.crn}",
        information=information,
        from_on=today,
        by=by,
    )
    for held in (one, two):
        record(by=by, action="kept_apart", crn=held.crn, non_association=made.pk)
