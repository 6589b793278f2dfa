"""Who has to hear that somebody has died, and how it is said to whoever was close to them.

Source: local policy on deaths under supervision; product rules ("has died"; nothing goes to the person from that minute).
"""

from cases.reference.codes import Titled


class Hear(Titled):
    """Who may have to be told. The codes are only added to."""

    NPS = "nps", "National Probation Service and the commissioner"
    FAMILY = "family", "Family, or whoever was closest to them"
    VICTIM = "victim", "Victim liaison officer"
    PRISON = "prison", "The prison"
    POLICE = "police", "Police"


WHY = {  # why each has to hear, for whoever tells them
    Hear.NPS: "They review the death, and tell the court that the sentence has come to its end.",
    Hear.FAMILY: "One named person of ours speaks to them, once, and says whom they can ring.",
    Hear.VICTIM: "Whoever was harmed should hear it from them, and not from somebody else.",
    Hear.PRISON: "They died in custody: the prison’s own family liaison officer leads, and we ask them first.",
    Hear.POLICE: "The police are looking for them.",
}
TO_THE_FAMILY = (  # what to say, and what not to, when nobody has time to think about it
    "Say who you are, and that you are very sorry that they have died. Use their first name, and say “has died”.",
    "Ask how they are, and whether somebody is with them. Listen before you ask anything.",
    "Say nothing of offences, victims or other people in their life: the family may not know.",
    "Do not guess how they died. That is for the coroner to say, or the police.",
    "Say that nothing more will be sent to them from us, and give one name and number to ring.",
)
