"""The offences of the demonstration: Home Office code, words, and the OGRS3 category of each.

Sources: offence codes as published with nDelius; categories as OGRS3 weighs them.
"""

OFFENCES = {
    "violence": (
        ("10501", "Common assault and battery"),
        ("00806", "Assaults occasioning actual bodily harm"),
        ("00826", "Having an article with a blade or point in a public place"),
        ("10501", "Common assault and battery"),
        ("00801", "Wounding or inflicting grievous bodily harm"),
    ),
    "domestic": (  # scored as violence
        ("10501", "Common assault and battery"),
        ("00806", "Assaults occasioning actual bodily harm"),
        ("00831", "Breach of restraining order"),
        ("00830", "Putting people in fear of violence"),
    ),
    "robbery": (("03401", "Robbery"),),
    "public_order": (
        ("12509", "Causing intentional harassment, alarm or distress"),
        ("12511", "Threatening behaviour"),
        ("06601", "Causing an affray"),
    ),
    "burglary_domestic": (("02801", "Burglary in a dwelling"),),
    "burglary_other": (("03001", "Burglary in a building other than a dwelling"),),
    "theft": (
        ("04600", "Stealing from shops and stalls (shoplifting)"),
        ("04600", "Stealing from shops and stalls (shoplifting)"),
        ("04900", "Other theft"),
        ("03900", "Stealing from the person of another"),
    ),
    "handling": (("05401", "Receiving stolen goods"),),
    "fraud": (("05300", "Other frauds"),),
    "bail": (("08301", "Failing to surrender to bail"),),
    "taking": (("13001", "Unauthorised taking of a motor vehicle"), ("04801", "Stealing motor vehicle")),
    "theft_from_vehicle": (("04510", "Stealing from motor vehicles"),),
    "drink_driving": (("80302", "Driving with alcohol in excess of the prescribed limit"),),
    "motoring": (
        ("80701", "Driving whilst disqualified"),
        ("80901", "Using motor vehicle uninsured against third party risks"),
    ),
    "damage": (("14900", "Criminal damage, £5,000 or less"), ("05800", "Other criminal damage")),
    "drug_supply": (("09230", "Class A, cocaine: supplying or offering to supply"),),
    "drugs": (
        ("09251", "Class A, heroin: having possession of"),
        ("09270", "Class A, cocaine: having possession with intent to supply"),
        ("09261", "Class B, cannabis: having possession of"),
    ),
}  # fmt: skip
# A breach of an order has no weight of its own, so OGRS3 cannot be worked out from it
UNWEIGHTED = ("00001", "Breach of order")

FREQUENCY = {
    "violence": 20,
    "robbery": 1,
    "public_order": 8,
    "burglary_domestic": 4,
    "burglary_other": 4,
    "theft": 20,
    "handling": 2,
    "fraud": 5,
    "bail": 1,
    "taking": 3,
    "theft_from_vehicle": 1,
    "drink_driving": 7,
    "motoring": 8,
    "damage": 6,
    "drug_supply": 2,
    "drugs": 8,
}
WOMEN_MORE = {"theft": 2, "fraud": 3, "burglary_domestic": 0.3, "taking": 0.3, "drink_driving": 1.2}
OF_THE_PERSISTENT = {
    "theft": 3,
    "burglary_domestic": 2,
    "burglary_other": 2,
    "drink_driving": 0.2,
    "fraud": 0.4,
}


def weights(*, woman, persistent):
    """How often each category comes up for this sort of record."""
    found: dict[str, float] = {**FREQUENCY}
    for more, applies in ((WOMEN_MORE, woman), (OF_THE_PERSISTENT, persistent)):
        for category, times in more.items() if applies else ():
            found[category] *= times
    return found


def weighed_as(category):
    """The OGRS3 category of one of ours."""
    return "violence" if category == "domestic" else category
