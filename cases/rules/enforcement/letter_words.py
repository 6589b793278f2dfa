"""The words of each letter of enforcement, in plain English and in Welsh. A letter names nobody but its reader and its writer.

Sources: Criminal Justice Act 2003 Schedule 8 paragraph 5(2) and Schedule 12 paragraph 4(2): a warning says what happened, that
it is not acceptable, and that a further failure within twelve months may be brought before a court; supervision reference 2.3.
"""

from datetime import time

from cases.reference.appointments import Where
from cases.reference.enforcement import BY_STATUTE, LetterKind, Regime, Step
from cases.rules.reminder_words import DAYS, MONTHS
from staff.rules.dates import say_date, say_time

ENGLISH, WELSH = "en", "cy"
IN_THEIRS = "This letter in {language}"
NOT_TO_COURT = "The breach does not go to court"
THEIR_OWN = "their own language"  # where it is not recorded which
IN_YOURS = "This letter in your language"
CODES = {  # of languages in which a letter is often wanted, so that a screen reader reads it in its own voice
    "polish": "pl", "romanian": "ro", "lithuanian": "lt", "latvian": "lv", "portuguese": "pt", "spanish": "es", "french": "fr",
    "italian": "it", "albanian": "sq", "bulgarian": "bg", "russian": "ru", "ukrainian": "uk", "hungarian": "hu", "czech": "cs",
    "slovak": "sk", "turkish": "tr", "greek": "el", "german": "de", "dutch": "nl", "vietnamese": "vi", "somali": "so",
}  # fmt: skip

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
        "court": "You must come to {court} on {when}.",
        "no_day": "You will get another letter that says when to come to court.",
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
        "court": "Rhaid i chi ddod i {court} {when}.",
        "no_day": "Byddwch yn cael llythyr arall yn dweud pryd i ddod i'r llys.",
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
        LetterKind.BREACH: "We are sending this to court. The court will decide what happens next. {court} Until then you "
        "must still keep to your {order}, and you must still come to see us.",
        LetterKind.APPOINTMENT: "This letter tells you when we next meet.",
    },
    WELSH: {
        LetterKind.WITHDRAWAL: "Anfonwyd rhybudd atoch am eich {order}. Nid yw'r rhybudd hwnnw'n cyfrif mwyach. Nid oes rhaid i chi "
        "wneud dim byd amdano.",
        LetterKind.REASON: "Rhowch wybod i ni pam. Efallai fod rheswm da nad ydym yn gwybod amdano. Nid oes dim wedi'i benderfynu eto.",
        LetterKind.BREACH: "Rydym yn anfon hyn i'r llys. Y llys fydd yn penderfynu beth sy'n digwydd nesaf. {court} Tan hynny rhaid i "
        "chi gadw at eich {order} o hyd, a rhaid i chi ddod i'n gweld o hyd.",
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
CALLED_OFF = {  # the breach of which a letter went is withdrawn: (heading, what it says)
    ENGLISH: (
        "Your {order} is not going back to court",
        "We wrote to you that your {order} was going back to court. It is not going to court now. If you were sent a day to come to "
        "court, ring us before that day, and we will tell you if you still have to come. You must still keep to your {order}, and you must still come to see us.",
    ),
    WELSH: (
        "Nid yw eich {order} yn mynd yn ôl i'r llys",
        "Ysgrifennwyd atoch fod eich {order} yn mynd yn ôl i'r llys. Nid yw'n mynd i'r llys bellach. Os cawsoch ddiwrnod i ddod i'r "
        "llys, ffoniwch ni cyn y diwrnod hwnnw, a byddwn yn dweud wrthych a oes rhaid i chi ddod o hyd. Rhaid i chi gadw at eich {order} o hyd, a rhaid i chi ddod i'n gweld o hyd.",
    ),
}
MISSED = {  # what an absence was, for the person: the day stands before it
    ENGLISH: {
        Where.TELEPHONE: "You missed your telephone appointment with us{at}.",
        Where.VIDEO: "You missed your video appointment with us{at}.",
        Where.HOME: "You missed your appointment with us at your home{at}.",
        "": "You did not come to your appointment with us{at}.",
        "came": "At your appointment with us{at} you did not do what you had to do.",
    },
    WELSH: {
        Where.TELEPHONE: "Methoch eich apwyntiad ffôn gyda ni{at}.",
        Where.VIDEO: "Methoch eich apwyntiad fideo gyda ni{at}.",
        Where.HOME: "Methoch eich apwyntiad gyda ni yn eich cartref{at}.",
        "": "Ni ddaethoch i'ch apwyntiad gyda ni{at}.",
        "came": "Yn eich apwyntiad gyda ni{at}, ni wnaethoch yr hyn yr oedd rhaid i chi ei wneud.",
    },
}


def say_day(day, language):
    """3 May 2018, 3 Mai 2018."""
    return (
        say_date(day) if language == ENGLISH else f"{day.day} {MONTHS[day.month - 1][1]} {day.year}"
    )


def say_when(at, language):
    """Monday 3 December 2018 at 2:30pm, ddydd Llun 3 Rhagfyr 2018 am 14:30. `at` is local."""
    day = f"{DAYS[at.weekday()][language == WELSH]} {say_day(at.date(), language)}"
    return f"{day} {_say_hour(at, language)}"


def _say_hour(at, language):
    return f"am {at.hour}:{at.minute:02}" if language == WELSH else f"at {say_time(at.time())}"


def say_missed(at, where, came, language):
    """What an absence was, to the person it is of. `at`: local; midnight, where no hour was recorded. `came`: and did not comply."""
    said = MISSED[language]
    hour = f" {_say_hour(at, language)}" if at.time() != time() else ""
    return (said["came"] if came else said.get(where, said[""])).format(at=hour)


def say_called_off(regime, language):
    """(heading, what it says) of the letter that a breach they were told of does not go on."""
    order = ORDER[language].get(regime, "")
    return tuple(one.format(order=order) for one in CALLED_OFF[language])


def say_court(at, court, language):
    """When they have to come to court, as far as it is known. `at`: local; None where no day is set."""
    says = SAYS[language]
    if at is None:
        return says["no_day"]
    return says["court"].format(court=court, when=say_when(at, language))


def translated(reads, translation):
    """What follows a letter in the language they read; nothing where nobody has translated it."""
    said = [one.strip() for one in translation.split("\n") if one.strip()]
    if not said:
        return {}
    named = reads not in {"", THEIR_OWN}
    return {
        "translation": {
            "heading": IN_THEIRS.format(language=reads) if named else IN_YOURS,
            "language": CODES.get(reads.lower(), ""),
            "paragraphs": said,
        }
    }


def kind_words(kind, of_breach):
    """What a letter is for, as staff know it. `of_breach`: it is about a breach, and not about a warning."""
    kind = LetterKind(kind)
    return NOT_TO_COURT if kind == LetterKind.WITHDRAWAL and of_breach else kind.title


def which_letter(kind, step, of_breach):
    """Which letter it is, wherever staff read of it: "Final warning", "A warning is withdrawn". `step`: of its warning, or blank."""
    if LetterKind(kind) == LetterKind.WARNING and step:
        return Step(step).title
    return kind_words(kind, of_breach)


def heading(kind, step, regime, language):
    if kind == LetterKind.WARNING and step == Step.COMPLIANCE:
        return KEEPING[language]
    return HEADINGS[language][kind].format(order=ORDER[language].get(regime, ""))


def meaning(kind, step, regime, language, court=""):
    """What it is and what may follow from it, in paragraphs. `court`: of `say_court`."""
    order = ORDER[language].get(regime, "")
    if kind != LetterKind.WARNING:
        said = [OTHERWISE[language][kind]]
    elif regime in BY_STATUTE:
        said = [NOT_ACCEPTABLE[language], TWELVE_MONTHS[language]]
        said += [PRISON[language]] if regime == Regime.SUSPENDED else []
    else:
        said = [NOT_ACCEPTABLE[language], *filter(None, [STEPS[language].get(step)])]
        said += [] if regime == Regime.LICENCE else [TO_COURT_AFTER[language]]
    return [one.format(order=order, court=court) for one in said]
