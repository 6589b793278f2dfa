"""What stands before a place whatever the project, from one function for each page that says how much is still to do.

Finding work, the tab and the page of the risk count alike. Source: ui, still to do (the same words everywhere); product
rules, gates.
"""

from unpaidwork.queries.allocating import in_custody, theirs_of
from unpaidwork.queries.gate import found_for
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.not_here import not_here
from unpaidwork.queries.rows import rows_beside
from unpaidwork.queries.workers import choosing
from unpaidwork.queries.works import works_of
from unpaidwork.reference.work import OVER, WorkState
from unpaidwork.rules.placing import work_gaps
from unpaidwork.rules.site_fit import asked_first


def whatever_the_project(of_case, worker, theirs):
    """[Found]: of the case (`of_case`, as its gate gives them), of her choice, and of the work to be done."""
    return [*of_case, *asked_first(worker), *work_gaps(theirs)]


def before_any_place(case, today, *, strip=None, works=None, hours=None):
    """The same for a page that looks at no project, of the work that is to be worked first.

    `strip`, `works`, `hours`: of the case, where the caller has read them. While all of it is suspended nothing is said of that:
    finding work offers none then.
    """
    found = found_for(case, today, rows_beside(case, strip) if strip else None)
    to_do = [one for one in works or works_of(case) if one.state not in OVER]
    if not to_do:
        return found
    worker, work = choosing([case.pk])[case.pk], to_do[0]
    if work.state != WorkState.OPEN:
        return [*found, *asked_first(worker)]
    theirs = theirs_of(
        work,
        (hours or hours_of([work], today))[work.pk],
        supervised=case.is_supervised,
        held=case.pk in in_custody([case.pk]),
        not_here=not_here([case.pk], [case]).get(case.pk, ""),
    )
    return whatever_the_project(found, worker, theirs)
