"""Somebody who said that we may text their mobile, and an appointment of theirs that calls for a reminder."""

from tests.factories import NOW, AppointmentFactory, CaseFactory, PersonFactory, ReachableFactory

MOBILE = "07700900123"


def set_up(settings, folder):
    """Both means, as the embedded services have them: a folder of files, and the mail of Django's tests."""
    settings.EMAIL_READY = settings.TEXT_READY = True
    settings.REMIND_FROM = "appointments@post.example"
    settings.TEXTS = {"by": "folder", "folder": str(folder)}


def somebody(may_text=True, may_email=None, safe=True, **person):
    case = CaseFactory()
    PersonFactory(case=case, may_text=may_text, may_email=may_email, **person)
    ReachableFactory(case=case, safe=safe)
    return case


def booked(case, **known):
    return AppointmentFactory(case=case, **{"remind": True, "booked_at": NOW} | known)


def texts(folder):
    """[(key, the whole file)] of every text that was handed over."""
    return sorted(
        (path.name.split(".")[0], path.read_text(encoding="utf-8")) for path in folder.iterdir()
    )
