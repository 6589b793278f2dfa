"""Who and what the words of planted reviews name: people, places, services, months.

Every second entry of a list is kept back, as in `bench.planted.making`.
"""

NAMES = (
    "Darren", "Kelly-Anne", "Tomasz", "Rhodri ap Llŷr", "Shanice", "Mohammed", "Seán", "Myfanwy", "Lee",
    "Ngozi", "Zoë", "Gethin", "Alan", "Priya", "Craig", "Angharad", "Jordan", "Oluwaseun",
)  # fmt: skip
PLACES = (
    "Bletchley", "Cwmbrân", "Slough", "Llanelli", "Didcot", "Ynys-y-bwl", "Banbury", "Wolverton", "Reading",
    "Pontypŵl", "High Wycombe", "Aylesbury",
)  # fmt: skip
OTHERS = ("Gemma", "Siân", "Marcus", "Eirlys", "Danny", "Chantelle", "Iwan", "Rosie", "Bev", "Kofi")
SERVICES = (
    "Turning Point",
    "SMART",
    "Connexions",
    "Aquarius",
    "the Foyer",
    "Flo's",
    "P3",
    "Elmore",
)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
)  # fmt: skip
