"""Keeping a document with its case: its bytes in the database, its name our own, its type by content.

Source: product rules, checks (document kept safely) and sharing.
"""

from hashlib import sha256

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.files import examine
from cases.models import Document, DocumentContent
from cases.rules.uploads import ENDINGS, FROM_OUTSIDE, MEDIA_TYPES, why_refused
from staff.audit import record
from staff.errors import RuleBroken


@transaction.atomic
def keep_document(*, case, enquiry, kind, content, by, now, name="", media_type="", contents=None):
    """Keep these bytes. `case` is None only while a reply is in hand and nobody has said whose it is.

    What comes from outside is looked at first, refused where it would act, and neither called nor
    typed as it claims; `contents` is what looking found, where that was done already. `name` and
    `media_type` are of what we made ourselves.
    """
    if kind in FROM_OUTSIDE:
        contents = contents or examine(content)
        if why := why_refused(contents):
            raise RuleBroken(why)
        media_type = MEDIA_TYPES[contents.kind]
        name = f"{kind}-{localtime(now).date()}.{ENDINGS[contents.kind]}"
    document = Document.objects.create(
        case=case,
        enquiry=enquiry,
        kind=kind,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        at=now,
        by=by,
    )
    DocumentContent.objects.create(document=document, content=content)
    record(
        by=by,
        action="kept_document",
        crn=case.crn if case else "",
        document=document.pk,
        kind=str(kind),
        size=document.size,
    )
    return document


@transaction.atomic
def give_to_case(*, document, case, by, now, enquiry=None):
    """Put a document that was in hand with its case. One that is with another already is kept again."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.case_id and (document.case_id, document.enquiry_id) != (
        case.pk,
        enquiry.pk if enquiry else None,
    ):
        return _kept_again(document, case, enquiry, by=by, now=now)
    document.case, document.enquiry = case, enquiry
    document.save()
    record(by=by, action="gave_document_to_case", crn=case.crn, document=document.pk)
    return document


@transaction.atomic
def take_from_case(*, document, by):
    """Take a document from a case that it was never about: it is in hand once more."""
    document = (
        Document.objects.select_for_update(of=("self",)).select_related("case").get(pk=document.pk)
    )
    crn = document.case.crn if document.case else ""
    document.case, document.enquiry = None, None
    document.save()
    record(by=by, action="took_document_from_case", crn=crn, document=document.pk)
    return document


def _kept_again(document, case, enquiry, *, by, now):
    content = bytes(document.content.content)
    again = Document.objects.create(
        case=case,
        enquiry=enquiry,
        kind=document.kind,
        name=document.name,
        media_type=document.media_type,
        size=document.size,
        sha256=document.sha256,
        at=now,
        by=by,
    )
    DocumentContent.objects.create(document=again, content=content)
    record(by=by, action="kept_document", crn=case.crn, document=again.pk, kind=document.kind)
    return again
