"""What the record tells of past behaviour, on many cases in five statements.

Source: report 2.4 (convictions, call-outs, a pre-sentence report and replies, in the record and in no
analysis); product rules, gates. `cases.rules.patterns` groups what is found here.
"""

from collections import Counter, defaultdict
from hashlib import blake2s

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Contact, Enquiry, Offence, Reading
from cases.reference.behaviours import SIGNS
from cases.reference.checks import CheckKind, Reply
from cases.reference.harm import Behaviour, VictimKind
from cases.reference.information import InformationKind, Relation, SaidBy
from cases.rules.notes import ROOTS, TOLD, told_in
from cases.rules.patterns import Episode

CONVICTED, CHARGED, LOG = "Conviction", "Charged, not convicted", "Contact log"
TOLD_OF = {  # what has come in: what it is a sign of, to whom, in words, how grave
    InformationKind.CALL_OUT: (Behaviour.DOMESTIC_ABUSE, VictimKind.KNOWN_ADULT, "police call-out", 5),
    InformationKind.ARREST: (Behaviour.OTHER_HARM, VictimKind.NOT_RECORDED, "arrest or charge", 5),
    InformationKind.CHILD: (Behaviour.CHILD, VictimKind.CHILD, "report about a child", 5),
    InformationKind.ADULT: (Behaviour.OTHER_HARM, VictimKind.KNOWN_ADULT, "report about an adult at risk", 5),
}  # fmt: skip
REPLIED = {
    CheckKind.POLICE: (Behaviour.DOMESTIC_ABUSE, VictimKind.KNOWN_ADULT, "police reply with information", 5),
    CheckKind.CHILDREN: (Behaviour.CHILD, VictimKind.CHILD, "reply of children's social care with information", 5),
    CheckKind.ADULTS: (Behaviour.OTHER_HARM, VictimKind.KNOWN_ADULT, "reply of adult social care with information", 5),
}  # fmt: skip
ATTACK = Behaviour.VIOLENCE, VictimKind.NOT_RECORDED, "report of an attack or a threat", 5
DID_IT = {Relation.ATTACKED, Relation.THREATENED}  # the person named did it to the one it is about
SUFFERED_IT = {Relation.ATTACKED_BY, Relation.THREATENED_BY}  # and the other way about
TOLD_SOMETHING = (Reply.INFORMATION, Reply.PARTIAL)
BEFORE_SENTENCE = {"DC02": "report"}  # types of contact that are about a pre-sentence report
BY_CODE = {one.code: one for one in TOLD}


def episodes_of(case_ids, enquiries=None):
    """{case: [Episode]} of all that is known, in no order. `enquiries`: {case: [rows, dated anew]}, where the caller has read all."""
    found: dict[int, list[Episode]] = defaultdict(list)
    replies = _replies(case_ids) if enquiries is None else _replied(enquiries)
    for told in (_offences(case_ids), _information(case_ids), replies, _notes(case_ids)):
        for case, episode in told:
            found[case].append(episode)
    return found


def _key(kind, *parts):
    """The same for the same thing however often it is brought in, and fit for an address."""
    told = "\n".join(map(str, parts))
    return f"{kind}-{blake2s(told.encode(), digest_size=6).hexdigest()}"


def _offences(case_ids):
    rows = Offence.objects.filter(sentence__case__in=case_ids, code__in=SIGNS).order_by("pk")
    same: Counter[tuple] = Counter()
    for case, sentence, code, committed_on, convicted_on, described in rows.values_list(
        "sentence__case",
        "sentence__source_id",
        "code",
        "committed_on",
        "sentence__convicted_on",
        "sentence__description",
    ):
        natural = case, sentence, code, committed_on
        same[natural] += 1
        sign = SIGNS[code]
        yield (
            case,
            Episode(
                key=_key("offence", *natural[1:], same[natural]),
                behaviour=sign.behaviour,
                victim=sign.victim,
                what=sign.name,
                on=committed_on or convicted_on,
                seriousness=sign.rank,
                source=CONVICTED if convicted_on or described else CHARGED,
            ),
        )


def _information(case_ids):
    """Of what has come in: what the case is about, and what the person did to somebody else it names."""
    theirs = Reading.objects.filter(case__in=case_ids)
    rows = Reading.objects.filter(information__in=theirs.values("information")).order_by("pk")
    by_information = defaultdict(list)
    for row in rows.select_related("information"):
        by_information[row.information_id].append(row)
    wanted = set(case_ids)
    for readings in by_information.values():
        told = readings[0].information
        suffered = any(one.relation in SUFFERED_IT for one in readings if not one.main)
        for one in readings:
            did = suffered if one.main else one.relation in DID_IT
            sign = TOLD_OF.get(InformationKind(told.kind)) if one.main else None
            sign = sign or (ATTACK if did else None)
            if sign and one.case_id in wanted:
                said_by = SaidBy(told.said_by).title
                key = f"information-{told.pk}"
                yield one.case_id, _episode(key, sign, told.happened_on, said_by)


def _replies(case_ids):
    rows = Enquiry.objects.filter(case__in=case_ids, kind__in=REPLIED, reply__in=TOLD_SOMETHING)
    for case, pk, kind, heard_on in (
        rows.dated_anew().order_by("pk").values_list("case", "pk", "kind", "heard_on")
    ):
        yield case, _reply(pk, kind, heard_on)


def _replied(enquiries):
    for case, rows in enquiries.items():
        for one in rows:
            if one.kind in REPLIED and one.reply in TOLD_SOMETHING:
                yield case, _reply(one.pk, one.kind, one.heard_on)


def _reply(pk, kind, heard_on):
    """One that was put right is news from then on to whatever was signed before."""
    asked = CheckKind(kind)
    return _episode(f"reply-{pk}", REPLIED[asked], heard_on, asked.title)


def _notes(case_ids):
    worth_reading = Q(notes__iregex="|".join(ROOTS)) | Q(type_code__in=BEFORE_SENTENCE)
    rows = Contact.objects.filter(worth_reading, case__in=case_ids).order_by("pk")
    for case, pk, source_id, type_code, started_at, notes in rows.values_list(
        "case", "pk", "source_id", "type_code", "started_at", "notes"
    ):
        told = {one.code for one in told_in(notes)}
        if type_code in BEFORE_SENTENCE:
            told.add(BEFORE_SENTENCE[type_code])
        for code in sorted(told):
            one = BY_CODE[code]
            sign = one.behaviour, one.victim, one.what, one.seriousness
            key = _key("note", source_id or pk, code)
            yield case, _episode(key, sign, localtime(started_at).date(), LOG)


def _episode(key, sign, on, source):
    behaviour, victim, what, seriousness = sign
    return Episode(key, behaviour, victim, what, on, seriousness, source)
