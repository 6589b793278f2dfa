"""The courses of somebody, across all their requirements."""

from unpaidwork.models import Course
from unpaidwork.reference.work import CourseState
from unpaidwork.rules.courses import Taken, alike


def duplicates_of(course):
    """[(the other as `Taken`, why)]: what they already have that it looks like; what was refused does not count."""
    rows = Course.objects.filter(work__case=course.work.case_id).exclude(state=CourseState.REFUSED)
    return alike(_taken(course), [_taken(one) for one in rows.order_by("finished_on", "pk")])


def _taken(one):
    return Taken(one.pk, one.provider, one.title, one.reference, one.finished_on)
