"""Words of supervision: those that say nothing by themselves, those that say the same, and what words are about.

Ours, of what officers write; a detector of reviews that change nothing reads by them. Stems are made where
they are used. Source: report 2.4; product rules, gates (stock phrases).
"""

# Names for the person on probation, and for whoever writes: changing one for another changes nothing
WHO = (
    "the person on probation", "person on probation", "people on probation", "service user", "the offender",
    "offender", "client", "supervisee", "pop", "the subject", "probationer", "he", "she", "they", "him", "her",
    "them", "his", "hers", "their", "theirs", "himself", "herself", "themselves", "i", "me", "my", "we", "us",
    "our", "you", "it", "its", "responsible officer", "offender manager", "probation officer", "case manager",
    "supervising officer", "officer", "ro", "om", "po", "pso",
)  # fmt: skip
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
)  # fmt: skip

# Groups of words that stand for one another in this work: the first is kept
SAME = (
    ("alcohol", "drink", "booze"),
    ("accommodation", "housing", "house", "home", "place to live", "property", "dwelling"),
    ("employment", "job", "work", "occupation"),
    ("partner", "girlfriend", "boyfriend", "spouse", "wife", "husband", "other half", "significant other"),
    ("child", "children", "kid", "kids", "youngster"),
    ("mother", "mum", "mom"),
    ("father", "dad"),
    ("friend", "mate", "associate", "peer", "acquaintance"),
    ("drug", "substance", "illicit substance", "misuse of drugs"),
    ("argue", "argument", "quarrel", "row", "dispute", "fall out", "disagreement"),
    ("fight", "brawl", "altercation", "scuffle"),
    ("telephone", "phone", "ring", "rang", "call", "contact by telephone", "speak to by telephone"),
    ("live", "reside", "dwell"),
    ("meet", "see", "saw", "seen", "met"),
    ("say", "said", "state", "report", "tell", "told", "advise", "disclose", "mention", "claim", "explain"),
    ("think", "thought", "believe", "feel", "felt", "view", "opinion", "consider"),
    ("want", "wish", "would like", "hope", "desire", "aim", "intend", "keen"),
    ("help", "assist", "support", "aid"),
    ("use", "take", "consume", "misuse"),
    ("usual", "general", "normal", "typical", "mostly", "tend"),
    ("often", "frequent", "regular", "routine"),
    ("begin", "start", "commence", "began", "begun"),
    ("end", "finish", "complete", "conclude"),
    ("get", "obtain", "gain", "secure", "acquire", "got"),
    ("give", "provide", "offer", "gave", "given"),
    ("keep", "maintain", "retain", "stick", "kept", "adhere", "abide"),
    ("show", "demonstrate", "evidence", "display"),
    ("good", "positive", "well", "satisfactory", "excellent"),
    ("bad", "poor", "negative", "unsatisfactory"),
    ("near", "close", "nearby", "next to"),
    ("because", "due", "owing", "as a result", "since", "ever since", "as"),
    ("angry", "anger", "temper", "lose it", "loses it", "lost it", "cross"),
    ("impulsive", "act first", "acts first", "without thinking", "rash"),
    ("immediately", "at once", "straight away", "right away"),
    ("week", "weekly", "each week", "per week"),
    ("month", "monthly", "each month", "per month"),
    ("twice", "two times", "two occasions", "on two occasions"),
    ("evening", "night"),
    ("quiet", "calm", "peaceful"),
    ("money", "finance", "cash", "funds"),
    ("pay", "fund", "paid"),
    ("room", "bedsit", "lodging"),
    ("collect", "pick up", "picked up"),
    ("write", "record", "note", "list", "document", "log", "wrote", "written"),
    ("go", "went", "attend", "come", "came", "go to"),
    ("together", "jointly"),
    ("violence", "aggression", "violent", "aggressive"),
    ("hurt", "harm", "injure", "injury"),
    ("worry", "concern", "anxiety"),
    ("problem", "issue", "difficulty", "trouble"),
    ("tired", "fed up", "had enough", "has had enough"),
    ("pointless", "waste of time"),
    ("stop", "cease", "desist", "refrain"),
    ("ask", "request", "enquire"),
    ("until", "up to", "till"),
    ("try", "attempt", "endeavour", "seek"),
    ("need", "require"),
    ("doctor", "gp", "general practitioner"),
    ("unemployed", "out of work", "jobless"),
    ("reoffend", "further offend", "offend again"),
)  # fmt: skip

# What could stand in anybody's record: none of it is about what happened
FILLER = (
    "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "for", "from", "by", "with", "about", "as",
    "into", "over", "under", "up", "down", "out", "off", "than", "then", "there", "this", "that", "these", "those",
    "which", "who", "whom", "whose", "what", "when", "where", "while", "how", "why", "if", "so", "such", "is", "are",
    "was", "were", "be", "been", "being", "am", "has", "have", "had", "do", "does", "did", "done", "will", "would",
    "shall", "should", "can", "could", "may", "might", "must", "also", "any", "some", "all", "each", "every", "both",
    "more", "most", "less", "least", "much", "many", "few", "other", "another", "same", "own", "only", "just", "very",
    "too", "quite", "rather", "really", "still", "yet", "already", "again", "now", "today", "current", "currently",
    "present", "presently", "recent", "recently", "time", "times", "period", "day", "days", "week", "month", "year", "one", "two",
    "three", "four", "five", "six", "occasion", "continue", "continues", "ongoing", "remain", "carry", "keep", "stay", "maintain", "stand", "exist",
    "existing", "place", "manage", "management", "monitor", "monitoring", "review", "reviewed", "consider",
    "considered", "consideration", "address", "addressed", "discuss", "discussion", "discussed", "explore", "encourage", "support",
    "help", "engage", "engagement", "engaging", "comply", "compliance", "compliant", "attend", "attendance", "session",
    "supervision", "appointment", "meeting", "contact", "probation", "order", "requirement", "sentence", "plan",
    "planning", "objective", "goal", "step", "action", "measure", "control", "arrangement", "assessment", "assess", "assessed",
    "risk", "harm", "level", "factor", "need", "issue", "matter", "concern", "area", "aspect", "situation",
    "circumstance", "information", "event", "change", "changed", "amend", "amendment", "alter", "update", "affect", "effect",
    "impact", "require", "required", "necessary", "warrant", "merit", "appropriate", "appropriately", "adequate", "adequately",
    "sufficient", "sufficiently", "relevant", "suitable", "proportionate", "achievable", "satisfied", "content", "good", "well",
    "positive", "fine", "ok", "okay", "further", "additional", "add", "nothing", "none", "nil", "identify", "identified",
    "note", "noted", "aware", "acknowledge", "acknowledged", "take", "taken", "account", "capture", "captured", "reflect", "reflected",
    "cover", "covered", "include", "included", "inform", "feed", "fed", "pick", "picked", "handle", "hand", "deal", "overall", "picture",
    "view", "opinion", "think", "thinking", "feel", "felt", "judge", "judged", "stage", "point", "moment", "future",
    "next", "previous", "previously", "before", "above", "below", "part", "usual", "usually", "general", "generally",
    "normal", "regular", "regularly", "routine", "progress", "progressing", "see", "say", "give", "make", "made", "go", "get", "got",
    "come", "put", "use", "try", "seem", "appear", "show", "per", "via", "due", "because", "therefore", "however",
    "although", "though", "since", "between", "during", "after", "within", "without", "eye", "vigilant", "keen", "case", "officer", "spo",
    "thing", "sure", "felt", "mindful", "alert", "track", "target", "agreed", "agree", "alongside", "role", "process", "outcome",
    "conclusion", "reason", "basis", "evidence", "line", "response", "respond", "liaise", "liaison", "standard", "practice", "policy",
)  # fmt: skip
DENIALS = ("not", "no", "never", "cannot", "longer", "without", "stop", "cease", "deny", "refuse")

# What words are about. Several may be about more than one thing.
TOPICS: dict[str, tuple[str, ...]] = {
    "police": (
        "police", "officer in the case", "constable", "pc", "sergeant", "cid", "call-out", "callout", "999", "101", "station", "log",
        "warrant", "footage", "bodycam", "neighbourhood team", "cctv", "intelligence", "raid",
    ),
    "justice": (
        "charge", "charged", "arrest", "arrested", "offence", "convict", "conviction", "caution", "court", "bench", "magistrate", "judge", "hearing",
        "trial", "witness", "solicitor", "cps", "prosecution", "bail", "nfa", "allegation", "accuse", "acquit", "fine", "plea", "guilty",
        "points", "theft", "stole", "shoplift", "burglary", "summons", "adjourn", "sentenced", "barrister", "dropped", "mg5",
        "statement", "suspect", "investigate", "investigation",
    ),
    "custody": (
        "custody", "prison", "hmp", "jail", "remand", "remanded", "cell", "cellmate", "release", "released", "recall", "recalled", "licence", "gate",
        "inside", "governor", "wing", "locked", "held", "tag", "hdc", "resettlement", "overnight",
    ),
    "order_of_court": (
        "restraining", "injunction", "non-molestation", "curfew", "exclusion", "tag", "condition", "prohibit", "zone", "tagged",
    ),
    "violence": (
        "attack", "assault", "hit", "punch", "kick", "slap", "push", "pushed", "shove", "strangle", "throat", "bruise", "injury", "hurt",
        "threat", "threaten", "fight", "violence", "violent", "aggressive", "swing", "swung", "threw", "throw", "smash", "blood", "stab",
        "fear", "frightened", "scared", "shout", "shouting", "abuse", "abusive", "retaliate", "revenge", "mark", "incident", "headbutt", "bit", "beat",
    ),
    "weapon": ("weapon", "knife", "blade", "gun", "rifle", "firearm", "bat", "machete", "armed", "ammunition"),
    "partner": (
        "partner", "girlfriend", "boyfriend", "wife", "husband", "ex", "relationship", "couple", "dating", "affair",
        "marriage", "divorce", "separate", "separation", "engaged", "fiancee", "together", "dash", "sara", "idva", "marac", "refuge", "domestic",
        "jealous", "clare's law", "disclosure",
    ),
    "child": (
        "child", "children", "baby", "son", "daughter", "boy", "girl", "toddler", "infant", "school", "nursery", "teacher", "head", "pupil",
        "social worker", "social care", "children's services", "core group", "conference", "cin", "child in need", "child protection",
        "health visitor", "midwife", "pregnant", "expecting", "grandson", "granddaughter", "grandchild", "nephew", "niece", "stepson",
        "lad", "teenager", "youth", "lac", "contact centre", "little one", "kid",
    ),
    "family": (
        "mother", "father", "mum", "dad", "sister", "brother", "cousin", "aunt", "uncle", "gran", "nan", "grandmother", "grandfather",
        "family", "relative", "twin", "parent", "stepfather", "stepmother", "half-brother", "sibling",
    ),
    "household": (
        "lodger", "landlord", "landlady", "flatmate", "housemate", "tenant", "neighbour", "neighbor", "occupant", "resident", "visitor",
        "guest", "household", "move in", "moved in", "stranger",
    ),
    "adult_at_risk": (
        "safeguarding", "vulnerable", "carer", "care home", "capacity", "pension", "elderly", "dementia", "disability", "disabled", "exploit",
        "adult social care", "fall", "fell", "bank card", "neglect", "gran", "grandmother", "uncle", "aunt", "neighbour", "day centre",
    ),
    "alcohol": ("alcohol", "drink", "drank", "drunk", "pub", "vodka", "beer", "lager", "cider", "wine", "cans", "sober", "detox", "breathalyse", "breath", "units", "dry", "aa"),
    "drugs": (
        "drug", "cannabis", "weed", "skunk", "spice", "ketamine", "dealer", "dealing", "county lines", "needle", "needles", "inject",
        "relapse", "clean", "test", "tested", "positive test", "using",
    ),
    "opiates": ("heroin", "methadone", "script", "subutex", "buprenorphine", "opiate", "prescription", "pharmacy"),
    "stimulants": ("cocaine", "crack", "amphetamine", "speed", "mdma"),
    "home": (
        "flat", "house", "home", "room", "tenancy", "tenant", "landlord", "rent", "council", "hostel", "street", "road", "postcode", "building", "floor",
        "b&b", "bed and breakfast", "move", "moved", "address", "evict", "evicted", "eviction", "homeless", "tent", "sofa", "kitchen", "bedroom", "bathroom", "door", "window",
        "hole", "damp", "mould", "cold", "heating", "boiler", "meter", "electric", "mattress", "bed", "furniture", "dog", "pet", "lock", "approved premises",
        "bricks", "repair", "estate", "caravan", "lease", "keys", "rehouse", "rehoused", "doorstep", "garden",
    ),
    "job": ("job", "work", "employment", "shift", "shifts", "foreman", "agency", "boss", "manager", "wage", "warehouse", "interview", "cv", "college", "course", "training", "ticket", "employer", "apprentice"),
    "money": ("money", "debt", "benefit", "benefits", "universal credit", "arrears", "loan", "bank", "fine", "bill", "bills", "sanction", "jobcentre"),
    "health": (
        "health", "hospital", "doctor", "gp", "surgery", "nurse", "ill", "illness", "sick", "operation", "appendix", "ambulance", "a&e", "tablet", "tablets", "medication",
        "injury", "broken", "asthma", "discharge", "fit note", "sick note", "clinic", "dentist", "pain", "back", "covid", "flu", "consultant", "diagnosis", "pharmacist",
    ),
    "mind": ("depress", "depression", "anxiety", "suicide", "suicidal", "self-harm", "overdose", "psychiatrist", "mental", "cmht", "psychosis", "mood", "counselling", "counsellor", "crisis team"),
    "death": ("funeral", "died", "death", "bury", "bereavement", "bereaved", "buried", "wake", "grief"),
    "attendance": (
        "miss", "missed", "absent", "absence", "late", "bus", "buses", "train", "trains", "car", "lift", "snow", "weather", "rang", "phone", "telephone", "mobile", "text",
        "letter", "letters", "overslept", "forgot", "excuse", "turn up", "swapped", "swap", "moved to", "clash", "reschedule", "rebook", "kept", "warning",
        "proof", "mixed up", "mix-up", "wrong day", "wrong time", "diary", "evidence", "travel", "strike", "traffic", "childcare", "signed", "thursday", "notice",
    ),
    "breach": ("breach", "warning", "failure", "enforce", "enforcement", "proved", "proven", "withdrawn", "withdraw", "pack", "unacceptable", "evidence", "first letter"),
    "programme": (
        "group", "programme", "tutor", "facilitator", "course", "module", "workbook", "certificate", "one-to-one", "one to one", "mentor", "hours", "bbr", "tsp", "rar", "unpaid", "painting",
        "finish", "finished", "complete", "completed", "completion", "graduate", "graduated", "shift", "waiting list", "evening", "cohort", "intervention", "exercise", "skills", "treatment", "start", "starts", "feedback",
        "closed", "report", "attended all", "ran", "maintenance",
    ),
    "treatment": ("treatment", "worker", "keyworker", "recovery", "rehab", "script", "drug worker", "alcohol worker", "test", "tests", "relapse", "detox", "clean"),
    "records": (
        "reply", "answer", "answered", "police list", "file", "record", "records", "caution", "cautions", "history", "incident", "incidents", "trace", "check", "checks", "confirm", "confirms", "papers", "psr",
        "report", "mail", "email", "sent", "arrived", "came", "database", "name", "spelling", "surname", "dob", "crn", "wrong", "mistake", "error", "namesake", "mistaken", "nps", "admin", "duplicate", "same facts", "old", "same",
    ),
    "register": ("register", "registered", "registration", "marker", "flag", "flagged", "warning", "alert", "mappa", "marac", "listed", "nps", "entry", "entered", "delius", "crn", "put on", "level"),
    "sighting": ("seen", "spotted", "sighting", "town", "shop", "shops", "street", "tag", "gps", "tip", "photograph", "facebook", "social media", "curfew", "sign on", "signs on", "area"),
    "hate": ("racist", "racism", "homophobic", "hate", "extremist", "terror"),
    "sexual": ("sexual", "rape", "indecent", "images", "grooming", "sex"),
    "fire": ("arson", "fire", "burn", "burnt"),
    "victim": ("victim", "vlo", "alarm", "panic alarm", "helpline", "women's safety", "protect"),
    "lapse": ("lapse", "lapsed", "expire", "expired", "ran out", "run out", "override", "deadline", "arrived", "came", "papers", "bank holiday", "answer", "reply", "wait"),
}  # fmt: skip

# A single word on one of these is news; of the other topics, it takes more than a word
TELLING = frozenset(
    {
        "police", "justice", "custody", "order_of_court", "violence", "weapon", "partner", "child", "adult_at_risk",
        "alcohol", "drugs", "opiates", "stimulants", "mind", "death", "hate", "sexual", "fire",
    }
)  # fmt: skip
# How often: another of these is another step
OFTEN = {
    "daily": "day", "every day": "day", "a day": "day", "weekly": "week", "a week": "week", "each week": "week",
    "every week": "week", "per week": "week", "fortnightly": "fortnight", "fortnight": "fortnight", "monthly": "month",
    "a month": "month", "each month": "month", "every month": "month", "per month": "month", "quarterly": "quarter",
    "quarter": "quarter", "twice": "twice", "two times": "twice", "two occasions": "twice", "three times": "thrice",
}  # fmt: skip
# The trade's own words: in an answer, they say what kind of thing it is about and nothing of this one
TRADE = (
    "police", "arrest", "offend", "offending", "offence", "reoffending", "behaviour", "attitude", "domestic", "abuse", "violence", "violent",
    "aggression", "victim", "awareness", "empathy", "safeguard", "safeguarding", "protect", "protection", "child", "children",
    "adult", "vulnerable", "vulnerability", "welfare", "wellbeing", "substance", "misuse", "alcohol", "drug", "relationship", "partner", "family",
    "accommodation", "home", "address", "stable", "stability", "employment", "education", "training", "finance", "lifestyle",
    "motivation", "motivated", "commit", "enforce", "enforcement", "breach", "failure", "warning", "miss", "absence",
    "expectation", "boundary", "reinforce", "explain", "explained", "remind", "challenge", "custody", "release", "licence", "condition", "recall", "programme",
    "intervention", "group", "course", "learn", "learning", "consolidate", "skill", "complete", "completed", "reply", "response", "check", "enquiry", "read", "receive", "received",
    "register", "registration", "flag", "marker", "incident", "visit", "observe", "observation", "record", "recorded", "log", "known", "new", "consistent", "consistency", "accord",
    "accordance", "keeping", "procedure", "protocol", "guidance", "national", "local", "professional", "judgement", "juncture", "proportion", "robust",
    "effective", "effectively", "efficient", "escalate", "escalation", "deteriorate", "increase", "reduce", "decrease", "indicate", "indicated", "indication",
    "indicator", "trigger", "protective", "dynamic", "static", "significant", "significance", "priority", "focus", "share", "shared", "agency", "agencies", "partnership", "multi", "service",
    "external", "internal", "involve", "involvement", "available", "availability", "alternative", "option", "opportunity", "course of action", "chase", "chased", "outstanding", "follow", "followed", "deal", "dealt",
    "period", "throughout", "length", "detail", "depth", "reflect", "fit", "purpose", "productive", "undertake", "undertaken", "date", "conclude", "reach", "anything", "something", "everything", "given",
    "confident", "confidence", "respond", "responded", "regular", "expect", "lapse", "override", "escort", "sign", "signed", "approve", "approved", "threat", "attack", "concern", "raise", "raised", "inform", "worker", "team", "colleague", "manager",
    "life", "live", "person", "people", "individual", "self", "tool", "score", "result", "issue", "theme", "topic", "subject", "material", "content",
    "expire", "expired", "answer", "answered", "understand", "understood", "insight", "minimise", "capable", "ability", "capacity", "readiness",
)  # fmt: skip
