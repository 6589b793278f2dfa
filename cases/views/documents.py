"""The page that hands over one document: as a file to keep, never shown by the browser."""

from django.http import Http404, HttpResponse

from cases.access import case_view
from cases.queries.documents import find_document
from staff.audit import record
from staff.permissions import Action


@case_view(Action.VIEW_DOCUMENTS)
def document(request, case, document):
    found = find_document(case, document)
    if found is None:
        raise Http404
    return handed_over(request, case, found)


def handed_over(request, case, found):
    """The answer with the bytes of this document, which its reader may have; that they took it is recorded."""
    record(by=request.user, action="opened_document", crn=case.crn, document=found.pk)
    answer = HttpResponse(bytes(found.content.content), content_type=found.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{case.crn}-{found.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer
