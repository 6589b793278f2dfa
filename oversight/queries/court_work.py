"""Hours of unpaid work as a court is told of them, and the line of its reply. Source: `cases.rules.court_line`."""

from collections import defaultdict

from django.utils.timezone import localtime

from cases.models import Requirement
from cases.queries.court_facts import court_facts, kept_from_court
from cases.rules.court_line import Worked, reply_line
from cases.services.policy import meeting_policy
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.hours_left import hours_left
from unpaidwork.queries.works import works_of
from unpaidwork.reference.work import ORDERED


def composed_for(case, wants, now):
    """The line with which a court that wants this is answered, as the record stands at this moment."""
    today = localtime(now).date()
    facts = court_facts(
        case,
        now,
        kept=kept_from_court(case),
        work=work_of(case, today),
        weeks=meeting_policy(today).rar_stall_weeks,
    )
    return reply_line(wants, facts)


def work_of(case, today):
    """{sentence: Worked} of those with unpaid work that runs. How much is worked is said where it is one requirement alone."""
    running = Requirement.objects.filter(main_code__in=ORDERED, active=True, terminated_on=None, sentence__case=case)  # fmt: skip
    of_sentence = defaultdict(list)
    for key, sentence in running.order_by("pk").values_list("pk", "sentence"):
        of_sentence[sentence].append(key)
    left = hours_left([case.pk], today)
    works = works_of(case)
    stands = hours_of(works, today)
    by_requirement = {one.requirement_id: stands[one.pk] for one in works}
    return {
        sentence: _worked(left.get(sentence, 0), [by_requirement.get(key) for key in keys])
        for sentence, keys in of_sentence.items()
    }


def _worked(left, hours):
    """`hours`: those of each requirement of one sentence, None where it is not taken up."""
    alone = hours[0] if len(hours) == 1 else None
    if alone is None or not alone.known:
        return Worked(left=left)
    return Worked(left=left, credited=alone.credited, ordered=alone.ordered)
