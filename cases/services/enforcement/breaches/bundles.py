"""The bundle of a breach: decided by its gates, drawn, and kept as it goes. A caller that keeps one holds the case.

Gates and warnings: `cases.rules.enforcement.pack`; the paper: `cases.agencies.breach_pack`. Source: product rules, gates.
"""

from dataclasses import asdict

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.breach_pack import breach_pack
from cases.agencies.typeset import PDF, CannotPrint
from cases.queries.enforcement.bundle import bundle_of
from cases.queries.enforcement.pack import pack_of
from cases.reference.agencies import DocumentKind
from cases.rules.enforcement.pack import VERSION, mark_of, to_do
from cases.rules.gaps import gates, warnings
from cases.rules.leaving import check_still_here
from cases.rules.signing import check_explained, refusal
from cases.services.documents import keep_document
from cases.services.policy import request_policy
from staff.audit import record
from staff.errors import RuleBroken

NOT_PRINTED = "The pack holds a character that cannot be printed. Look for symbols or letters of another script."


def keep_bundle(breach, explained, *, by, now):
    """(the bundle as it goes, kept with the case, what stood in it). Refused while a gate is shut. The caller holds the case."""
    today = localtime(now).date()
    pack, found, said = _decided(breach, explained, now)
    document = keep_document(
        case=breach.case,
        enquiry=None,
        kind=DocumentKind.BREACH_PACK,
        content=made(breach, pack, said, now),
        by=by,
        now=now,
        name=f"breach-pack-{breach.pk}-{today}.pdf",
        media_type=PDF,
    )
    return document, _says(pack, found, said)


@transaction.atomic
def draw_pack(*, breach, by, now):
    """The bundle as it would go now, as the bytes of a PDF, marked as a draft. It is entered that it was made."""
    pack = pack_of(breach, now, localtime(now).date())
    record(by=by, action="drew_breach_pack", crn=breach.case.crn, breach=breach.pk)
    return made(breach, pack, {}, now, draft=True)


@transaction.atomic
def draw_to_send(*, breach, explained, by, now):
    """The bundle as it is to be sent, as the bytes of a PDF without a mark. Refused as the sending is. Kept once it is said that it went."""
    check_still_here(breach.case.left_as)
    pack, _, said = _decided(breach, explained, now)
    record(by=by, action="drew_breach_pack_to_send", crn=breach.case.crn, breach=breach.pk)
    return made(breach, pack, said, now)


def _decided(breach, explained, now):
    """(the pack, what is found of it, what clears each warning), where no gate is shut and each is cleared."""
    pack = pack_of(breach, now, localtime(now).date())
    found = to_do(pack)
    if shut := gates(found):
        raise RuleBroken(refusal(shut))
    return pack, found, check_explained(warnings(found), explained)


def made(breach, pack, said, now, draft=False):
    """The bytes of the bundle. `said`: what clears each warning, which is printed where it stands."""
    ours = request_policy(localtime(now).date()).reply_to
    data, letters = bundle_of(breach, pack, said, ours, now, draft=draft)
    try:
        return breach_pack(data, letters)
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem


def _says(pack, found, said):
    """What it rested on, in keys and codes; what was said to a warning is kept with it."""
    return {
        "rules": VERSION,
        "mark": mark_of(pack),
        "regime": str(pack.regime),
        "failures": [asdict(one) | {"happened_on": one.happened_on.isoformat()} for one in pack.failures],
        "warnings": [
            {"key": one.key, "sentence": one.sentence, "said": said[one.key]} for one in warnings(found)
        ],
    }  # fmt: skip
