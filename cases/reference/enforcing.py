"""The codes by which the log and the record of interventions say that breach or recall was begun.

Source: nDelius contact types, enforcement actions and intervention types as published (cases/codelists).
"""

SIGNIFICANT = "CSEV"  # a contact marked as a significant event

BREACH_CONTACTS = frozenset(
    {"AIBR", "BSII", "BREC", "ABCC", "ABCF", "ABNA", "ABPC", "ABPP", "ABSD", "BRRR"}
)
RECALL_CONTACTS = frozenset({"RECI", "RECO", "PPCS", "CNPS", "RNPS", "OPD011"})
BREACH_ACTIONS = frozenset({"BIP", "BRE", "BRE01", "BRE02", "IBR", "IMB"})
RECALL_ACTIONS = frozenset({"EA11", "REC"})
BREACH_INTERVENTIONS = frozenset({"BRE"})
