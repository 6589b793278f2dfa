"""The documents of a case as its pages show them: what each is and when it came, never its bytes.

Source: product rules, checks (document kept safely).
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import AgencyMeeting, Document
from cases.reference.agencies import DocumentKind
from staff.kit import on


@dataclass(frozen=True)
class Kept:
    """A document in a list. `href` is blank for a reader who may not open it."""

    title: str
    name: str
    detail: str
    href: str


def documents_of(case, enquiry, *, may_open):
    """Those of one enquiry, the latest first."""
    found = Document.objects.filter(case=case, enquiry=enquiry).select_related("by")
    return [_kept(one, case, may_open) for one in found.order_by("-at", "-pk")]


def find_document(case, pk):
    """The document of this case with its bytes, or None. Minutes are handed over on a page of their own."""
    return documents_open_in(case).filter(pk=pk).select_related("content").first()


def documents_open_in(case):
    """The documents of a case, but for minutes of meetings of agencies: those are for fewer readers."""
    minutes = AgencyMeeting.objects.filter(case=case, document__isnull=False).values("document")
    return Document.objects.filter(case=case).exclude(pk__in=minutes)


def size_of(document):
    """ "12 KB"."""
    return f"{max(1, round(document.size / 1024)):,} KB"


def _kept(one, case, may_open):
    by = one.by.name if one.by else "the system"
    return Kept(
        title=DocumentKind(one.kind).title,
        name=one.name,
        detail=f"{on(localtime(one.at).date())}, {by}, {size_of(one)}",
        href=reverse("document", args=[case.crn, one.pk]) if may_open else "",
    )
