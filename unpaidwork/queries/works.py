"""The requirements of unpaid work of a case: all that were taken up, those to be worked, and whether one waits."""

from cases.queries.sentences import requirement_name
from unpaidwork.models import Work
from unpaidwork.reference.work import WorkState


def works_of(case):
    """Every requirement of the case that was taken up, those that run first."""
    found = case.works.select_related("requirement__sentence", "beside__requirement__sentence")
    order = {state: place for place, state in enumerate(WorkState)}
    return sorted(found, key=lambda one: (order[WorkState(one.state)], one.sentenced_on, one.pk))


def find_work(case, key):
    return case.works.select_related("requirement__sentence").filter(pk=key).first()


def not_taken_up(case):
    """Whether a requirement of unpaid work waits to be taken up by the night's run."""
    known = Work.objects.filter(case=case).values("requirement")
    waits = case.sentences.filter(
        requirements__main_code__in=["W", "W0"], requirements__active=True
    )
    return waits.exclude(requirements__in=known).exists()


def open_works(case):
    """The requirements that are to be worked, the first ordered first."""
    works = Work.objects.filter(case=case, state=WorkState.OPEN)
    return list(
        works.select_related("case", "requirement__sentence").order_by("sentenced_on", "pk")
    )


def name_of(work):
    return requirement_name(work.requirement)
