"""Cases with a story, one or more for each role's tour: what `docs/demonstration.md` leads round.

Alan and Henry are told from HMIP Thames Valley CRC 2018, 2.4 and 4.2, which changed their names; the
surnames and all that is said of the others are invented.
"""

from dataclasses import dataclass

from cases.reference.codes import Part


@dataclass(frozen=True)
class Story:
    """What is fixed of a case. Days are days before today; what is not said is made up as for anybody."""

    title: str
    forename: str
    surname: str
    age: int  # when convicted
    group: str
    kind: str  # of sentence
    days: int  # since it was passed, or since release
    months: int
    offence: str  # category, then the place in its list
    age_first: int
    offence_number: int = 0
    sanctions: int = 0  # 0: as many as the band asks for
    woman: bool = False
    iom: bool = False
    place: str = "group"
    needs: tuple = ()
    why: str = ""
    holder: str = "officer"  # whose cohort holds it; "other" for the second team, "" for nobody
    background: str = "british"
    registers: tuple = ()  # (code, part, days, firearm)
    people: tuple = ()  # (kind, name, relationship, age, lives with, victim)
    elsewhere: tuple = ()  # (name, place in the list of those outside the provider's area)
    enquiries: tuple = ()  # (kind, because, days, outcome)
    not_answered: tuple = ()  # (kind of enquiry, name) whom the reply leaves out
    misdated: tuple = ()  # (kind of enquiry, name) who was asked about under another birth
    papers: bool = False  # what was sent and what came is kept
    interim: str = "never"  # what became of the interim plan
    acted: tuple = ()  # (kind of enquiry whose reply is cited, done)
    information: tuple = ()  # (kind, said by, who, days, words, harm, read, other story by surname)
    raised: str = ""  # the register that was raised in a sentence
    imported: bool = False  # and its checks not taken up
    lines: tuple = ()  # (contact type, days, outcome, words)
    past: tuple = ()  # (years ago, offence code, words)
    requirements: tuple = ()  # (kind, length)
    workers: tuple = ()  # (capacity, role whose sign-in works on it)
    limit: str = ""  # restricted, excluded or unlisted
    retained_by: str = ""
    institution: str = ""
    language: str = ""
    care_leaver: bool = False
    defects: tuple = ()


SOURCE, AT_RISK, PARENT = Part.SOURCE, Part.AT_RISK, Part.PARENT

STORIES = (
    Story(
        "No checks made, harm read from the offence alone", "Alan", "Thackeray", 52, "L0", "suspended", 205, 12,
        "motoring", 18, sanctions=14,
        registers=(("RLRH", SOURCE, 190, None),),
        people=(
            ("partner", "Maureen Thackeray", "Former partner", 50, False, True),
            ("child", "Kayla Thackeray", "Child", 15, None, False),
            ("child", "Riley Thackeray", "Grandchild", 3, None, False),
        ),
        enquiries=(("police", "start", 204, "never_sent"), ("children", "start", 204, "never_sent")),
        requirements=(("F", 20),),
        lines=(
            ("C004", 190, "", "Full analysis: risk not linked to current index offence."),
            ("CIEA", 202, "", "Pre-sentence report on file: police called to the home four times last year. Possible involvement of social care with children or grandchildren. Checks to be made."),
            ("COUP", 64, "", "Says that he was attacked by another person on probation outside the office. Told to report it to the police."),
            ("CRCO", 20, "", "Reviewed. Motivation is up. No change otherwise."),
        ),
        past=((9, "00806", "Assaults occasioning actual bodily harm"), (14, "00801", "Wounding or inflicting grievous bodily harm"), (19, "03401", "Robbery"), (22, "10501", "Common assault and battery")),
        defects=("no checks throughout the order", "past violence unanswered in the analysis of harm", "low harm without reasons", "review changed nothing"),
    ),
    Story(
        "Release planned with care; the services outside not yet joined up", "Henry", "Fairburn", 38, "M50", "custody", 76, 6,
        "violence", 15, offence_number=2,
        registers=(("RMRH", SOURCE, 70, None), ("WEAP", SOURCE, 70, False)),
        people=(("other", "Sheila Fairburn", "Mother", 63, True, False),),
        enquiries=(("police", "release", 12, "analysed"), ("address", "release", 12, "waiting")),
        workers=(("resettlement", "resettlement"), ("mentor", "mentor")),
        institution="Bullingdon (HMP & YOI)",
        lines=(
            ("CIEA", 70, "", "Resettlement worker: plan completed. Needs housing, benefits and drug service."),
            ("CIEA", 40, "", "Resettlement worker: plan reviewed. Mother offers a room. Bank account opened."),
            ("CPVS", 21, "ATTC", "Seen with the resettlement worker and the mentor. Will be met at the gate. Appointment for the day of release given."),
            ("CIEA", 9, "", "Resettlement worker: rang the drug service, no answer. No appointment for the first week yet."),
        ),
        defects=("no hand-over to the drug service",),
    ),
    Story(
        "A reply about domestic abuse that nobody has read", "Darren", "Wetherall", 34, "MC75", "community", 120, 18,
        "domestic", 14,
        registers=(("RMRH", SOURCE, 110, None), ("ADVP", SOURCE, 112, None), ("RSTO", SOURCE, 118, None)),
        people=(
            ("partner", "Leanne Ashcombe", "Former partner", 31, False, True),
            ("child", "Mia Ashcombe", "Child", 6, False, False),
        ),
        enquiries=(("police", "start", 119, "never_analysed"), ("children", "start", 119, "never_chased")),
        papers=True, interim="run_out",
        requirements=(("BBR", 29), ("F", 15)),
        workers=(("group", "facilitator"),),
        lines=(("SFRR", 60, "", "Reply from the police filed."),),
        defects=("reply filed and not read",),
    ),
    Story(
        "Safe contact: no texts or letters to a shared telephone and address", "Kelly", "Brayshaw", 29, "L0", "community", 75, 12,
        "theft", 24, woman=True, holder="women",
        registers=(("RLRH", SOURCE, 60, None), ("ADVV", AT_RISK, 62, None), ("RCCO", PARENT, 40, None)),
        people=(("partner", "Wayne Tolley", "Partner", 35, True, False), ("child", "Alfie Brayshaw", "Child", 4, True, False)),
        enquiries=(("police", "new_concern", 40, "analysed"), ("children", "new_concern", 40, "waiting")),
        interim="waiting",
        requirements=(("F", 15),),
    ),
    Story(
        "Integrated offender management, the likeliest to be reconvicted", "Jordan", "Bellamy", 24, "MC90", "licence", 34, 12,
        "theft", 12, iom=True, holder="iom",
        registers=(("RMRH", SOURCE, 30, None), ("STRG", SOURCE, 32, None), ("IIOM", Part.NOT_RECORDED, 33, None)),
        enquiries=(("police", "start", 33, "analysed"),),
    ),
    Story(
        "Risk has risen: to be referred to the NPS", "Craig", "Stebbing", 41, "MC50", "community", 95, 12,
        "domestic", 17, place="escalate", why="RHRH",
        registers=(("RMRH", SOURCE, 85, None), ("RHRH", SOURCE, 1, None), ("ADVP", SOURCE, 85, None), ("IMAR", SOURCE, 2, None)),
        people=(("partner", "Joanne Stebbing", "Partner", 39, True, True), ("child", "Oscar Stebbing", "Child", 8, True, False)),
        enquiries=(("police", "new_concern", 2, "never_sent"), ("children", "new_concern", 2, "never_sent")),
        raised="RHRH",
        information=(("call_out", "police", "PC Lyle, response team", 1, "Called to the home last night. Partner injured and taken to hospital. Referred to MARAC.", True, "", ""),),
        requirements=(("F", 20),),
        lines=(("C204", 2, "", "Police: called to the home last night. Partner injured. Referred to MARAC."),),
    ),
    Story(
        "Cannot be placed until somebody asks the police for the record", "Piotr", "Mazurek", 33, "L0", "community", 13, 12,
        "drink_driving", 33, place="cannot", needs=("sanctions", "first_sanction"), background="eastern", language="Polish",
        registers=(("RLRH", SOURCE, 8, None),),
        enquiries=(("police", "start", 12, "waiting"),),
        interim="live",
        requirements=(("F", 10),),
        lines=(("COAI", 9, "ATTC", "Seen with an interpreter. Says that there was a conviction in Poland, years ago."),),
    ),
    Story(
        "Nineteen, a care leaver, lately with the youth offending team", "Tyler", "Redfern", 19, "M75", "suspended", 48, 18,
        "taking", 13, care_leaver=True,
        registers=(("RMRH", SOURCE, 40, None), ("WEAP", SOURCE, 45, None)),
        enquiries=(("police", "start", 47, "never_chased"), ("other_area", "start", 47, "waiting")),
        requirements=(("F", 25), ("W", 60)),
    ),
    Story(
        "A restraining order whose terms nobody has seen, and unpaid work to be given", "Shane", "Copeland", 37, "LC0", "unpaid_work", 16, 12,
        "domestic", 30, offence_number=2,
        registers=(("RLRH", SOURCE, 12, None), ("ADVP", SOURCE, 14, None), ("RSTO", SOURCE, 16, None)),
        people=(("partner", "Donna Pargeter", "Former partner", 36, False, True),),
        enquiries=(("police", "start", 15, "never_sent"), ("children", "start", 15, "never_sent"), ("court_terms", "unpaid_work", 14, "never_sent")),
        requirements=(("W", 120),),
        defects=("domestic abuse code without the terms of the restraining order",),
    ),
    Story(
        "Held by the NPS and sent to us for unpaid work; a registered sex offender", "Nathan", "Ellershaw", 45, "M0", "unpaid_work", 60, 12,
        "public_order", 40, place="retained", holder="", retained_by="Bridget Cavanagh-Osei",
        registers=(("RMRH", SOURCE, 55, None), ("ARSO", SOURCE, 58, None)),
        requirements=(("W", 80),),
        defects=("registration not passed to the supervisor",),
    ),
    Story(
        "Has just come to us; nobody has the case", "Reece", "Waldron", 27, "M0", "community", 3, 12,
        "public_order", 20, holder="",
        registers=(("RMRH", SOURCE, 2, None),),
        enquiries=(("police", "start", 3, "never_sent"),),
        requirements=(("F", 15),),
    ),
    Story(
        "Restricted: only those named may open it", "Martin", "Kellaway", 46, "L0", "community", 150, 12,
        "fraud", 46, limit="restricted", holder="any other",
        registers=(("RLRH", SOURCE, 140, None),),
        enquiries=(("police", "start", 149, "analysed"),),
        requirements=(("W", 100),),
    ),
    Story(
        "Excluded: kept from one member of staff", "Dean", "Orchard", 30, "M50", "community", 88, 12,
        "theft", 19, limit="excluded", holder="any other",
        registers=(("RMRH", SOURCE, 80, None),),
        enquiries=(("police", "start", 87, "analysed"),),
        requirements=(("F", 20),),
    ),
    Story(
        "Restricted, and nobody said who may open it", "Lee", "Pemberton", 36, "L0", "suspended", 66, 18,
        "drugs", 25, limit="unlisted", holder="any other",
        registers=(("RLRH", SOURCE, 60, None),),
        enquiries=(("police", "start", 65, "never_chased"),),
        requirements=(("F", 20),),
    ),
    Story(
        "How it should be: asked, chased, answered, read, and the plan changed", "Simon", "Whiteley", 40, "MC0", "community", 130, 12,
        "domestic", 38,
        registers=(("RMRH", SOURCE, 122, None), ("ADVP", SOURCE, 126, None)),
        people=(("partner", "Claire Whiteley", "Partner", 38, True, True), ("child", "Freya Whiteley", "Child", 9, True, False)),
        enquiries=(("police", "start", 126, "analysed"), ("children", "start", 126, "analysed")),
        papers=True, interim="ended", acted=(("police", True), ("children", False)),
        requirements=(("BBR", 29),),
        workers=(("group", "facilitator"),),
    ),
    Story(
        "Recalled to prison; release to be planned again", "Ryan", "Stockdale", 28, "M75", "recalled", 70, 16,
        "theft", 13,
        registers=(("RMRH", SOURCE, 66, None),),
        enquiries=(("police", "start", 69, "never_analysed"),),
        interim="live",
        institution="Woodhill (HMP)",
    ),
    Story(
        "Another team's case that the officer covers while a colleague is away", "Carl", "Venables", 44, "LC50", "community", 101, 18,
        "theft", 16, holder="other",
        registers=(("RLRH", SOURCE, 95, None), ("RCPR", SOURCE, 60, None)),
        people=(("child", "Ellie Venables", "Child", 2, False, False),),
        enquiries=(("police", "start", 60, "waiting"), ("children", "new_concern", 60, "never_chased")),
        interim="agreed",
        requirements=(("F", 20),),
        workers=(("cover", "officer"),),
    ),
    Story(
        "Attacked another person on probation outside the office, and nobody has spoken of it", "Gavin", "Rudge", 31, "M50", "community", 92, 12,
        "theft", 17, holder="other",
        registers=(("RMRH", SOURCE, 84, None),),
        enquiries=(("police", "start", 91, "analysed"),),
        requirements=(("F", 20),),
        information=(("other", "colleague", "Receptionist, front desk", 5, "He followed another person on probation out of the office and hit him twice. Both had appointments at two. The other was told to report it.", True, "", "Thackeray"),),
    ),
    Story(
        "Nothing known, about one child of two", "Stacey", "Maslin", 32, "LC0", "community", 110, 12,
        "fraud", 32, woman=True, holder="women",
        registers=(("RLRH", SOURCE, 100, None), ("RCCO", SOURCE, 104, None)),
        people=(("child", "Poppy Maslin", "Child", 7, True, False), ("child", "Jude Maslin", "Child", 2, True, False)),
        enquiries=(("police", "start", 108, "analysed"), ("children", "start", 108, "analysed")),
        not_answered=(("children", "Jude Maslin"),), papers=True,
        requirements=(("F", 15),),
        defects=("a reply about one child taken for a reply about both",),
    ),
    Story(
        "Nothing known, but of a child of another date of birth: put right since, and to be asked again", "Lewis", "Hobday", 33, "MC0", "community", 118, 12,
        "domestic", 31,
        registers=(("RMRH", SOURCE, 110, None), ("ADVP", SOURCE, 112, None)),
        people=(("partner", "Tanya Filby", "Former partner", 31, False, True), ("child", "Ruby Filby", "Child", 5, False, False)),
        enquiries=(
            ("police", "start", 112, "analysed"), ("children", "start", 112, "analysed"),
            ("children", "new_person", 4, "never_sent"),
        ),
        misdated=(("children", "Ruby Filby"),), papers=True,
        requirements=(("BBR", 29),),
        defects=("a child asked about under another date of birth",),
    ),
    Story(
        "Two children with two authorities: one has answered", "Marcus", "Cockerill", 36, "MC0", "community", 100, 12,
        "domestic", 34,
        registers=(("RMRH", SOURCE, 92, None), ("ADVP", SOURCE, 95, None)),
        people=(("child", "Ava Cockerill", "Child", 8, True, False), ("child", "Ellis Tarrant", "Child", 4, False, False)),
        elsewhere=(("Ellis Tarrant", 0),),
        enquiries=(("police", "start", 95, "analysed"), ("children", "start", 95, "analysed")),
        not_answered=(("police", "Ava Cockerill"),), interim="agreed", papers=True,
        requirements=(("F", 20),),
    ),
    Story(
        "Came with an extract: no record of any check, and nobody has taken them up", "Dwayne", "Purcell", 35, "MC0", "community", 140, 18,
        "domestic", 33,
        registers=(("RMRH", SOURCE, 130, None), ("ADVP", SOURCE, 132, None)),
        people=(("partner", "Gemma Purcell", "Partner", 33, True, True), ("child", "Toby Purcell", "Child", 3, True, False)),
        imported=True,
        requirements=(("F", 20),),
    ),
    Story(
        "Information read, and the plan changed the same day", "Nicola", "Wadsworth", 28, "L0", "community", 70, 12,
        "fraud", 28, woman=True, holder="women",
        registers=(("RLRH", SOURCE, 62, None), ("ADVV", AT_RISK, 64, None)),
        people=(("partner", "Scott Vickery", "Former partner", 34, False, False),),
        enquiries=(("police", "start", 69, "analysed"), ("children", "start", 69, "analysed")),
        acted=(("police", False),),
        information=(("health", "health", "Health visitor", 8, "Says that the former partner has been waiting outside the clinic.", True, "plan", ""),),
        requirements=(("F", 15),),
    ),
)  # fmt: skip
