"""Imports as they went, and what is left for somebody to put right, for the pages that list them.

Source: the import contract: everything that did not land is told; product rules, data quality.
"""

from django.db.models import Count

from cases.models import Case, CodeToReview, ImportRun, Issue, Reject
from cases.queries.paging import page_of
from staff.permissions import Action

MASKED = 100  # rows of limited access shown on one page


def runs_after(after, size):
    """Imports, the latest first."""
    return page_of(
        ImportRun.objects.select_related("by"), keys=["-pk"], after=after, size=size, known_by="pk"
    )


def rejects_after(run, after, size):
    """What did not land in one import, in the order of its files and lines."""
    rejects = Reject.objects.filter(run=run)
    keys = ["file", "line", "field", "pk"]
    return page_of(rejects, keys=keys, after=after, size=size, known_by="pk")


def reasons_of(run):
    """(reason, how many) of what did not land, the commonest first."""
    counted = Reject.objects.filter(run=run).values_list("reason")
    return counted.annotate(times=Count("pk")).order_by("-times", "reason")


def codes_to_review():
    """Codes an extract used that our lists do not hold, and nobody has settled: by list, commonest first."""
    return CodeToReview.objects.filter(settled_by=None).order_by("list_name", "-times", "code")


def issues_for(user, kind=""):
    """What is to be put right on the cases this user may open for it."""
    cases = Case.objects.open_to(user, Action.VIEW_DATA_QUALITY)
    issues = Issue.objects.unsettled().filter(case__in=cases)
    return issues.filter(kind=kind) if kind else issues


def issues_after(user, kind, after, size):
    issues = issues_for(user, kind).select_related("case", "case__officer", "case__team")
    keys = ["case__sort_name", "case__crn", "pk"]
    return page_of(issues, keys=keys, after=after, size=size, known_by="pk")


def issue_kinds(user):
    """(kind, what, how many) of what is to be put right, the commonest first."""
    counted = issues_for(user).values_list("kind", "what").annotate(times=Count("pk"))
    return counted.order_by("-times", "kind")


def masked_with_issues(user):
    """Cases of limited access in reach that have something to be put right: no more is said of them."""
    kept = Case.objects.within_reach(user, Action.VIEW_DATA_QUALITY)
    kept = kept.filter(pk__in=Issue.objects.unsettled().values("case"))
    return kept.masked_to(user)[:MASKED]
