"""The words of each letter of enforcement, in plain English and in Welsh. A letter names nobody but its reader and its writer.

Sources: Criminal Justice Act 2003 Schedule 8 paragraph 5(2) and Schedule 12 paragraph 4(2): a warning says what happened, that
it is not acceptable, and that a further failure within twelve months may be brought before a court; supervision reference 2.3.
"""

from cases.reference.appointments import Where
from cases.reference.enforcement import BY_STATUTE, LetterKind, Regime, Step
from cases.rules.reminder_words import DAYS, MONTHS
from staff.rules.dates import say_date, say_time

ENGLISH, WELSH = "en", "cy"

# "your ...", and how it came about
ORDER = {
    ENGLISH: {
        Regime.COMMUNITY: "community order",
        Regime.SUSPENDED: "suspended sentence order",
        Regime.LICENCE: "licence",
        Regime.POST_SENTENCE: "post-sentence supervision",
        Regime.DEFAULT_ORDER: "supervision default order",
    },
    WELSH: {
        Regime.COMMUNITY: "gorchymyn cymunedol",
        Regime.SUSPENDED: "gorchymyn dedfryd ohiriedig",
        Regime.LICENCE: "trwydded",
        Regime.POST_SENTENCE: "goruchwyliaeth ôl-ddedfryd",
        Regime.DEFAULT_ORDER: "gorchymyn diffyg goruchwyliaeth",
    },
}
MADE_BY_COURT = frozenset({*BY_STATUTE, Regime.DEFAULT_ORDER})
SAYS = {
    ENGLISH: {
        "reference": "Our reference",
        "page": "Page",
        "of": "of",
        "dear": "Dear {called}",
        "made": "Your {order} was made on {day}.",
        "began": "Your {order} began on {day}.",
        "what": "What happened",
        "happened": "{day}: {what}",
        "meaning": "What this means",
        "next": "Your next appointment",
        "reason": "If you had a good reason, tell us by {day}. Send or bring proof if you have it. This could be a letter from "
        "your doctor or from your work. We will look at it again.",
        "appointment": "You have an appointment on {when}. {where}",
        "help": "If anything makes it hard for you to come, ring us on {telephone}. We want to help you finish your {order}.",
        "help_only": "If anything makes it hard for you to come, ring us on {telephone}. We want to help.",
        "yours": "Yours sincerely",
    },
    WELSH: {
        "reference": "Ein cyfeirnod",
        "page": "Tudalen",
        "of": "o",
        "dear": "Annwyl {called}",
        "made": "Gwnaed eich {order} ar {day}.",
        "began": "Dechreuodd eich {order} ar {day}.",
        "what": "Beth ddigwyddodd",
        "happened": "{day}: {what}",
        "meaning": "Beth mae hyn yn ei olygu",
        "next": "Eich apwyntiad nesaf",
        "reason": "Os oedd gennych reswm da, rhowch wybod i ni erbyn {day}. Anfonwch neu dewch â phrawf os oes gennych chi beth. "
        "Gallai fod yn llythyr gan eich meddyg neu gan eich gwaith. Byddwn yn edrych arno eto.",
        "appointment": "Mae gennych apwyntiad {when}. {where}",
        "help": "Os oes unrhyw beth yn ei gwneud yn anodd i chi ddod, ffoniwch ni ar {telephone}. Rydym eisiau eich helpu i "
        "gwblhau eich {order}.",
        "help_only": "Os oes unrhyw beth yn ei gwneud yn anodd i chi ddod, ffoniwch ni ar {telephone}. Rydym eisiau helpu.",
        "yours": "Yn gywir",
    },
}
MET = {
    ENGLISH: {
        Where.TELEPHONE: "We will ring you.",
        Where.VIDEO: "It is a video call.",
        Where.HOME: "We will come to your home.",
        "": "Come to: {place}.",
    },
    WELSH: {
        Where.TELEPHONE: "Byddwn yn eich ffonio.",
        Where.VIDEO: "Galwad fideo fydd hi.",
        Where.HOME: "Byddwn yn dod i'ch cartref.",
        "": "Dewch i: {place}.",
    },
}
NOT_ACCEPTABLE = {
    ENGLISH: "We do not have a good reason for this. It is not acceptable.",
    WELSH: "Nid oes gennym reswm da dros hyn. Nid yw'n dderbyniol.",
}
TWELVE_MONTHS = {
    ENGLISH: "This is a formal warning. If you do not keep to your {order} again within 12 months, you can be taken back to court. "
    "The 12 months begin on the day you are given this warning.",
    WELSH: "Rhybudd ffurfiol yw hwn. Os na fyddwch yn cadw at eich {order} eto o fewn 12 mis, gallwch gael eich dwyn yn ôl "
    "gerbron y llys. Mae'r 12 mis yn dechrau ar y diwrnod y cewch y rhybudd hwn.",
}
PRISON = {
    ENGLISH: "The court could then send you to prison.",
    WELSH: "Gallai'r llys wedyn eich anfon i'r carchar.",
}
TO_COURT_AFTER = {
    ENGLISH: "If you do not keep to your {order} again, you can be taken to court.",
    WELSH: "Os na fyddwch yn cadw at eich {order} eto, gallwch gael eich dwyn gerbron y llys.",
}
STEPS = {
    ENGLISH: {
        Step.FIRST: "This is your first warning.",
        Step.SECOND: "This is your second warning.",
        Step.FINAL: "This is your final warning.",
        Step.COMPLIANCE: "You must keep to your licence, and we want to help you do that. If this goes on, you could get a warning, "
        "or be sent back to prison.",
        Step.MANAGER: "This is a warning by a senior probation officer. If it goes on, you could be sent back to prison.",
        Step.SENIOR: "This is a final warning by a senior manager. If it happens again, we may ask for you to be sent back to prison.",
    },
    WELSH: {
        Step.FIRST: "Dyma eich rhybudd cyntaf.",
        Step.SECOND: "Dyma eich ail rybudd.",
        Step.FINAL: "Dyma eich rhybudd olaf.",
        Step.COMPLIANCE: "Rhaid i chi gadw at eich trwydded, ac rydym eisiau eich helpu i wneud hynny. Os bydd hyn yn parhau, gallech "
        "gael rhybudd, neu gael eich anfon yn ôl i'r carchar.",
        Step.MANAGER: "Rhybudd gan uwch swyddog prawf yw hwn. Os bydd hyn yn parhau, gallech gael eich anfon yn ôl i'r carchar.",
        Step.SENIOR: "Rhybudd olaf gan uwch reolwr yw hwn. Os bydd hyn yn digwydd eto, efallai y byddwn yn gofyn am eich anfon yn ôl "
        "i'r carchar.",
    },
}
OTHERWISE = {  # what a letter of another kind says it is
    ENGLISH: {
        LetterKind.WITHDRAWAL: "We sent you a warning about your {order}. That warning no longer counts. You do not have to do "
        "anything about it.",
        LetterKind.REASON: "Please tell us why. There may be a good reason that we do not know of. Nothing is decided yet.",
        LetterKind.BREACH: "We are sending this to court. The court will decide what happens next. You will get another letter that "
        "says when to come to court. Until then you must still keep to your {order}, and you must still come to see us.",
        LetterKind.APPOINTMENT: "This letter tells you when we next meet.",
    },
    WELSH: {
        LetterKind.WITHDRAWAL: "Anfonwyd rhybudd atoch am eich {order}. Nid yw'r rhybudd hwnnw'n cyfrif mwyach. Nid oes rhaid i chi "
        "wneud dim byd amdano.",
        LetterKind.REASON: "Rhowch wybod i ni pam. Efallai fod rheswm da nad ydym yn gwybod amdano. Nid oes dim wedi'i benderfynu eto.",
        LetterKind.BREACH: "Rydym yn anfon hyn i'r llys. Y llys fydd yn penderfynu beth sy'n digwydd nesaf. Byddwch yn cael llythyr arall "
        "yn dweud pryd i ddod i'r llys. Tan hynny rhaid i chi gadw at eich {order} o hyd, a rhaid i chi ddod i'n gweld o hyd.",
        LetterKind.APPOINTMENT: "Mae'r llythyr hwn yn dweud pryd y byddwn yn cwrdd nesaf.",
    },
}
HEADINGS = {
    ENGLISH: {
        LetterKind.WARNING: "A warning about your {order}",
        LetterKind.WITHDRAWAL: "Your warning no longer counts",
        LetterKind.REASON: "Please tell us your reason",
        LetterKind.BREACH: "Your {order} is going back to court",
        LetterKind.APPOINTMENT: "Your next appointment with us",
    },
    WELSH: {
        LetterKind.WARNING: "Rhybudd am eich {order}",
        LetterKind.WITHDRAWAL: "Nid yw eich rhybudd yn cyfrif mwyach",
        LetterKind.REASON: "Rhowch wybod i ni beth oedd eich rheswm",
        LetterKind.BREACH: "Mae eich {order} yn mynd yn ôl i'r llys",
        LetterKind.APPOINTMENT: "Eich apwyntiad nesaf gyda ni",
    },
}
KEEPING = {ENGLISH: "Keeping to your licence", WELSH: "Cadw at eich trwydded"}  # not yet a warning


def say_day(day, language):
    """3 May 2018, 3 Mai 2018."""
    return (
        say_date(day) if language == ENGLISH else f"{day.day} {MONTHS[day.month - 1][1]} {day.year}"
    )


def say_when(at, language):
    """Monday 3 December 2018 at 2:30pm, ddydd Llun 3 Rhagfyr 2018 am 14:30. `at` is local."""
    welsh = language == WELSH
    hour = f"am {at.hour}:{at.minute:02}" if welsh else f"at {say_time(at.time())}"
    return f"{DAYS[at.weekday()][welsh]} {say_day(at.date(), language)} {hour}"


def heading(kind, step, regime, language):
    if kind == LetterKind.WARNING and step == Step.COMPLIANCE:
        return KEEPING[language]
    return HEADINGS[language][kind].format(order=ORDER[language].get(regime, ""))


def meaning(kind, step, regime, language):
    """What it is and what may follow from it, in paragraphs."""
    order = ORDER[language].get(regime, "")
    if kind != LetterKind.WARNING:
        said = [OTHERWISE[language][kind]]
    elif regime in BY_STATUTE:
        said = [NOT_ACCEPTABLE[language], TWELVE_MONTHS[language]]
        said += [PRISON[language]] if regime == Regime.SUSPENDED else []
    else:
        said = [NOT_ACCEPTABLE[language], *filter(None, [STEPS[language].get(step)])]
        said += [] if regime == Regime.LICENCE else [TO_COURT_AFTER[language]]
    return [one.format(order=order) for one in said]
