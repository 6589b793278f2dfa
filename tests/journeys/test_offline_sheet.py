"""A day on a site without a network: taken along, locked with a PIN, read, said on the tablet, sent once, and erased.

On a tablet of 768 px in real Chromium. What the browser has stored is read raw: no word of anybody stands there.
"""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from cases.management.demo.signins import PASSWORD
from staff.permissions import Role
from tests.journeys.hands import Hands
from tests.journeys.widths import PHONE, TABLET

# A session that runs all of today, with three of the officer's on it, its sheet published
A_DAY = """
from datetime import datetime, time
from django.utils.timezone import get_current_timezone, localdate, now
from cases.models import Case
from staff.models import User
from tests.factories import (
    AttendanceFactory, InstructionFactory, RegistrationFactory, SiteCheckFactory, WorkFactory, WorkSessionFactory,
)
from unpaidwork.services.sheets import settle_reach
free = Case.objects.filter(officer__username="officer", state="supervised", retained_by="", limit=None)
begins = datetime.combine(localdate(), time(0, 1), get_current_timezone())
session = WorkSessionFactory(
    on=localdate(), from_at=time(0, 1), to_at=time(23, 58), state="published", published_at=now(),
    published_by=User.objects.get(username="coordinator"), project__name="The long meadow",
    project__tasks=["Clearing paths"], project__signal="none", project__fallback="Ring the farm, 01865 000000",
)
SiteCheckFactory(project=session.project, checked_on=localdate(), review_on=localdate())
session.staff.add(User.objects.get(username="supervisor"))
for case in free.order_by("pk")[:3]:
    AttendanceFactory(
        session=session, work=WorkFactory(case_of=case), appointment__contact__started_at=begins,
        appointment__contact__ended_at=datetime.combine(localdate(), time(23, 58), get_current_timezone()),
    )
flag = RegistrationFactory(case=session.attendances.first().case, type_code="AMHL")
InstructionFactory(
    registration=flag, must_not="Do not let them use the strimmer.", watch_for="Talking to themselves.",
    do="Sit with them away from the group.", ring="The duty officer, 01865 123456",
)
settle_reach(sessions=[session])
print("SESSION", session.pk)
"""
PIN, ANOTHER = "730415926", "918273645"
STORED = """
async () => {
  const all = []
  const say = value => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder('latin1').decode(value)
    : value && typeof value === 'object' ? Object.entries(value).map(([k, v]) => k + ':' + say(v)).join() : String(value)
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise(done => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result) })
    for (const store of base.objectStoreNames) {
      const records = base.transaction(store).objectStore(store)
      const [keys, values] = await Promise.all(['getAllKeys', 'getAll'].map(how => new Promise(done => {
        const asked = records[how](); asked.onsuccess = () => done(asked.result)
      })))
      keys.forEach((key, at) => all.push(key + ' = ' + say(values[at])))
    }
    base.close()
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const asked of await cache.keys()) all.push(asked.url + ' = ' + await (await cache.match(asked)).text())
  }
  all.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie)
  return all
}
"""


@pytest.fixture
def session(site):
    return re.search(r"SESSION (\d+)", site.begin_with(A_DAY))[1]


@pytest.fixture
def tablet(open_page, sign_in):
    """Another tablet of the supervisor, signed in."""

    def another(width=TABLET, script=""):
        page = open_page(viewport={"width": width, "height": 1000})
        if script:
            page.add_init_script(script)
        sign_in(page, Role.SUPERVISOR)
        return page

    return another


def choose_pin(page, session, pin=PIN, again=None):
    page.goto(f"/unpaid-work/sessions/{session}/offline/")
    page.get_by_label("Choose a PIN for this session").fill(pin)
    page.get_by_label("The same PIN again").fill(again or pin)
    page.get_by_role("button", name="Take it along").click()


def take_along(page, session):
    choose_pin(page, session)
    expect(page.get_by_role("heading", name="Type the PIN")).to_be_visible()


def type_pin(page, pin=PIN):
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Open").click()


def open_it(page):
    type_pin(page)
    expect(
        page.get_by_role("heading", level=1, name=re.compile("^(Day sheet|Register|Leaves)"))
    ).to_be_visible()


def cut(page, off=True):
    page.context.set_offline(off)


def expect_said(page, words):
    expect(page.locator("#kept-here")).to_contain_text(words)


def read_all(page):
    for left in ("2 to read", "1 to read"):
        page.get_by_role("button", name=re.compile("I have read this")).first.click()
        expect(page.get_by_role("link", name=f"Day sheet: {left}")).to_be_visible()
    page.get_by_role("button", name=re.compile("I have read this")).first.click()
    page.get_by_role("link", name="Open the register").click()


def on_register(page, session):
    """Taken along, opened, the network cut, and the sheet read."""
    take_along(page, session)
    open_it(page)
    expect_said(page, "All sent at")
    cut(page)
    read_all(page)
    expect(page.get_by_role("heading", level=1, name="Register")).to_be_visible()


def leaves(page, quality="Good", ended="Left, worked to the end"):
    page.get_by_role("button", name=re.compile("^Leaves")).first.click()
    page.get_by_label(ended).check()
    page.get_by_label("Arrived at").fill("00:01")
    hands = Hands(page)
    hands.choose("quality", quality)
    hands.choose("behaviour", quality)


def stored(page):
    return "\n".join(page.evaluate(STORED))


def kept_of(page, session):
    """What is stored of a session, by the names of the records."""
    return re.findall(rf"^(\w+)/{session}\b", stored(page), re.MULTILINE)


def assert_sealed(page, site, session, *said):
    """No word of anybody is readable in what the browser has stored, and what is kept is there all the same."""
    people = site.execute(
        "SELECT c.crn, c.forename, c.surname FROM unpaidwork_attendance a JOIN cases_case c ON c.id = a.case_id"
        " WHERE a.session_id = %s",
        session,
    )
    words = ["long meadow", "strimmer", "Talking to themselves", "01865", PIN, *said]
    found = stored(page)
    assert {"lock", "sheet"} <= set(kept_of(page, session))
    for word in [*words, *(part for person in people for part in person)]:
        assert not re.search(rf"\b{re.escape(word)}\b", found), word


def register_in(site, session):
    return site.execute(
        "SELECT came FROM unpaidwork_attendance WHERE session_id = %s ORDER BY came", session
    )


def number_of(site, table, session):
    """How many there are of this session: the demonstration has some of other days."""
    count = f"SELECT count(*) FROM unpaidwork_{table} WHERE session_id = %s"
    return site.execute(count, session)[0][0]


def test_a_day_without_a_network_is_kept_through_a_reload_and_sent_once(
    site, tablet, usable, session
):
    page = tablet()
    page.goto(f"/unpaid-work/sessions/{session}/")
    page.get_by_role("link", name=re.compile("Take it along")).click()
    usable(page)
    for pin, words in (("12345", "6 digits or more"), ("123456", "in a row"), ("000000", "repeats"), ("121212", "repeats"), ("310590", "as a date")):  # fmt: skip
        choose_pin(page, session, pin)
        expect(page.get_by_text(re.compile(words)).first).to_be_visible()
    choose_pin(page, session, PIN, again=ANOTHER)
    expect(page.get_by_text("Type the same PIN both times.")).to_be_visible()
    usable(page)
    take_along(page, session)
    usable(page)
    open_it(page)
    expect(page.get_by_text("Do not let them use the strimmer.")).to_be_visible()
    expect_said(page, "All sent at")
    usable(page)
    assert_sealed(page, site, session)

    cut(page)
    page.get_by_role("link", name="Register", exact=True).click()
    expect(page.get_by_text("before the register opens")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Day sheet")).click()
    read_all(page)
    usable(page)
    page.get_by_role("button", name=re.compile("^Here")).first.click()
    leaves(page)
    usable(page)
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("Kept on this tablet, not sent yet")).to_be_visible()
    expect_said(page, "Not connected. 4 things are kept on this tablet.")

    page.reload()
    expect(page.get_by_text("4 things said here and not sent.")).to_be_visible()
    open_it(page)
    expect(
        page.get_by_text(re.compile("Left before the end, with leave: 12:01am to"))
    ).to_be_visible()
    page.get_by_role("button", name=re.compile("^Did not come")).first.click()
    page.get_by_label("Note", exact=True).fill("Texted that the bus had gone.")
    usable(page)
    page.get_by_role("button", name="They did not come").click()
    page.get_by_role("button", name=re.compile("^Here")).first.click()
    leaves(page, "Poor", "Sent home for their behaviour")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    usable(page)
    page.get_by_label("Note", exact=True).fill("Threw stones at the fence after two warnings.")
    page.get_by_role("button", name="Save and next").click()
    page.get_by_role("link", name="Report something").click()
    usable(page)
    page.get_by_label("Something nearly happened").check()
    page.get_by_label("What happened, or what was said?").fill("The gate fell, and missed us.")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Keep it").click()
    expect_said(page, "Not connected. 7 things are kept on this tablet.")
    usable(page)
    assert_sealed(page, site, session, "bus had gone", "stones at the fence", "The gate fell")

    cut(page, False)
    expect_said(page, "All sent at")
    assert register_in(site, session) == [("left",), ("not_come",), ("sent_home",)]
    assert (number_of(site, "sync", session), number_of(site, "incident", session)) == (3, 1)
    page.reload()
    open_it(page)
    expect_said(page, "All sent at")
    assert (number_of(site, "sync", session), number_of(site, "incident", session)) == (3, 1)
    usable(page)
    page.get_by_role("link", name="Register", exact=True).click()
    page.get_by_role("button", name="Close the register").click()
    expect(page.get_by_role("heading", name="Nothing is kept on this tablet")).to_be_visible()
    usable(page)
    assert not kept_of(page, session)
    assert site.execute("SELECT state FROM unpaidwork_worksession WHERE id = %s", session) == [
        ("closed",)
    ]


def test_what_is_pressed_twice_is_kept_once_and_what_is_sent_is_not_said_to_wait(
    site, tablet, session
):
    page = tablet(PHONE)
    on_register(page, session)
    tabs = page.locator("nav[aria-label='This session'] a")
    assert len({tabs.nth(at).bounding_box()["x"] for at in range(3)}) == 1
    twice = "button => { button.click(); button.click() }"
    page.get_by_role("button", name=re.compile("^Here")).first.evaluate(twice)
    expect_said(page, "4 things are kept")
    expect(page.get_by_text("1 here, 2 still expected")).to_be_visible()
    expect(page.locator("tr[data-row]").get_by_text("They stop work now.")).to_have_count(1)
    expect(page.locator("tr[data-row]").get_by_text("They do not start work.")).to_have_count(2)
    page.get_by_role("link", name="Report something").click()
    page.get_by_label("Something nearly happened").check()
    page.get_by_label("What happened, or what was said?").fill("The gate fell, and missed us.")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Keep it").evaluate(twice)
    expect(page.get_by_text("Your report is kept")).to_be_visible()
    expect_said(page, "5 things are kept")
    assert kept_of(page, session).count("said") == 5

    cut(page, False)
    expect_said(page, "All sent at")
    expect(page.get_by_text("Your report is kept")).to_have_count(0)
    assert (number_of(site, "sync", session), number_of(site, "incident", session)) == (1, 1)


def test_whoever_leaves_without_leave_is_sent_to_the_officer_with_when_and_how(
    site, tablet, session
):
    page = tablet(PHONE)
    on_register(page, session)
    page.get_by_role("button", name=re.compile("^Here")).first.click()
    leaves(page, ended="Left before the end, without leave")
    page.get_by_label("Left at").fill("00:02")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text(re.compile("^Say how they left")).first).to_be_visible()
    page.get_by_label("Note", exact=True).fill("Said they had had enough, and went to the bus.")
    page.get_by_role("button", name="Save and next").click()
    expect(page.get_by_text("Left before the end, without leave: 12:01am to 12:02am")).to_be_visible()  # fmt: skip

    cut(page, False)
    expect_said(page, "All sent at")

    assert ("left", "AFTC") in site.execute(
        "SELECT a.came, c.outcome_code FROM unpaidwork_attendance a JOIN cases_contact c ON c.id = a.appointment_id"
        " WHERE a.session_id = %s",
        session,
    )


# A tablet that takes its time to encrypt: longer than it waits before it keeps a form as it is typed
SLOWLY = """
() => {
  const encrypt = SubtleCrypto.prototype.encrypt
  SubtleCrypto.prototype.encrypt = async function (...given) {
    await new Promise(done => setTimeout(done, 1500))
    return encrypt.apply(this, given)
  }
}
"""


@pytest.mark.parametrize("typed_before", [0, 1000], ids=["just", "a second"])
def test_a_form_that_is_said_is_not_kept_beside_what_it_said(tablet, session, typed_before):
    """Said while the form is about to be kept as it is typed, and said while it is being kept."""
    page = tablet()
    on_register(page, session)
    page.get_by_role("link", name="Report something").click()
    page.get_by_label("Something nearly happened").check()
    page.get_by_label("Yes", exact=True).check()
    page.evaluate(SLOWLY)
    page.get_by_label("What happened, or what was said?").fill("The gate fell, and missed us.")
    page.wait_for_timeout(typed_before)
    page.get_by_role("button", name="Keep it").click()
    expect_said(page, "4 things are kept")
    page.wait_for_timeout(2000)
    assert sorted(kept_of(page, session)) == ["lock", "said", "said", "said", "said", "sheet"]

    page.reload()
    expect(page.get_by_text("4 things said here and not sent.")).to_be_visible()
    open_it(page)
    expect(page.get_by_text("Not connected. 4 things are kept")).to_be_visible()


def test_what_two_tablets_say_of_one_person_is_shown_side_by_side_until_somebody_chooses(
    site, tablet, usable, session
):
    one, other = tablet(), tablet(PHONE)
    for page in (one, other):
        on_register(page, session)
    one.get_by_role("button", name=re.compile("^Here")).first.click()
    leaves(one)
    one.get_by_role("button", name="Save and next").click()
    other.get_by_role("button", name=re.compile("^Did not come")).first.click()
    other.get_by_label("Note", exact=True).fill("Nobody saw them.")
    other.get_by_role("button", name="They did not come").click()

    cut(one, False)
    expect_said(one, "All sent at")
    cut(other, False)
    disagreement = other.get_by_role("region", name=re.compile("A tablet says something else of"))
    expect(disagreement).to_contain_text("Left before the end, with leave")
    expect(disagreement).to_contain_text("Nobody saw them.")
    expect(disagreement).to_contain_text("by the coordinator")
    expect_said(other, "All sent at")
    usable(other)
    assert register_in(site, session) == [("expected",), ("expected",), ("left",)]

    other.get_by_role("button", name=re.compile("Keep what the register says")).click()
    expect(disagreement).to_have_count(0)
    assert register_in(site, session) == [("expected",), ("expected",), ("left",)]
    assert site.execute("SELECT count(*) FROM unpaidwork_sync WHERE settled_at IS NULL AND state = 'conflict' AND session_id = %s", session) == [(0,)]  # fmt: skip


def test_after_ten_wrong_pins_the_sheet_is_gone_and_what_was_said_is_not(
    site, tablet, usable, session
):
    page = tablet()
    on_register(page, session)
    page.get_by_role("button", name=re.compile("^Here")).first.click()
    expect_said(page, "4 things are kept")
    page.clock.install()
    page.reload()
    for tries in range(1, 10):
        type_pin(page, ANOTHER)
        expect(page.get_by_text(f"{10 - tries} more and the day sheet is erased")).to_be_visible()
        if tries == 4:
            usable(page)
            type_pin(page, PIN)
            expect(page.get_by_text(re.compile("Wait [0-9] second"))).to_be_visible()
        page.clock.fast_forward("05:00")
    type_pin(page, ANOTHER)
    expect(page.get_by_text("for the tenth time")).to_be_visible()
    usable(page)
    assert set(kept_of(page, session)) == {"lock", "said"}

    page.clock.fast_forward("05:00")
    type_pin(page)
    expect(page.get_by_text(re.compile("Here since"))).to_be_visible()
    expect(page.get_by_text("Use the paper one.")).to_be_visible()
    usable(page)
    page.clock.set_system_time(now())
    cut(page, False)
    expect(page.get_by_role("heading", level=1, name="Register")).to_be_visible()
    assert ("here",) in register_in(site, session)


def test_a_wrong_clock_is_said_on_the_tablet_and_what_it_says_is_looked_at(site, tablet, session):
    page = tablet()
    page.clock.install(time=now() - timedelta(hours=2))
    on_register(page, session)
    expect(
        page.get_by_text(re.compile("The clock of this tablet is (1 h 59|2 h 0) min slow"))
    ).to_be_visible()
    page.get_by_role("button", name=re.compile("^Here")).first.click()

    cut(page, False)
    expect(
        page.get_by_text("The clock of the tablet is 2 h 0 min slow, so its times may be wrong.")
    ).to_be_visible()
    assert register_in(site, session) == [("expected",)] * 3
    page.get_by_role("button", name=re.compile("Take what the tablet says")).click()
    expect(page.get_by_role("button", name=re.compile("^Leaves"))).to_be_visible()
    assert ("here",) in register_in(site, session)


FULL = """
const put = IDBObjectStore.prototype.put
IDBObjectStore.prototype.put = function (...given) {
  if (window.full) throw new DOMException('full', 'QuotaExceededError')
  return put.apply(this, given)
}
"""


def test_a_full_tablet_says_so_and_what_was_typed_stays_on_the_screen(tablet, usable, session):
    page = tablet(script=FULL)
    on_register(page, session)
    page.get_by_role("button", name=re.compile("^Did not come")).first.click()
    page.evaluate("window.full = true")
    page.get_by_label("Note", exact=True).fill("Texted that the bus had gone.")
    page.get_by_role("button", name="They did not come").click()

    expect(page.get_by_role("heading", name=re.compile("This tablet is full"))).to_be_visible()
    expect(page.get_by_label("What was said")).to_have_value(
        re.compile("Did not come\nTexted that the bus")
    )
    expect(page.get_by_label("Note", exact=True)).to_have_value("Texted that the bus had gone.")
    expect_said(page, "3 things are kept")
    usable(page)

    page.evaluate("window.full = false")
    page.get_by_role("button", name="They did not come").click()
    expect_said(page, "4 things are kept")


def test_a_full_tablet_takes_nothing_along(tablet, session):
    page = tablet(script=f"{FULL}\nwindow.full = true")

    choose_pin(page, session)

    expect(page.get_by_text(re.compile("This tablet is full.*Nothing is kept"))).to_be_visible()
    assert kept_of(page, session) == []


def test_signing_out_anywhere_erases_the_sheet_and_never_what_is_not_sent(
    site, tablet, sign_in, usable, session
):
    page = tablet()
    on_register(page, session)
    page.get_by_role("button", name=re.compile("^Here")).first.click()
    expect_said(page, "4 things are kept")
    page.goto("about:blank")
    cut(page, False)
    page.goto("/unpaid-work/sessions/")
    page.get_by_role("button", name="Sign out").click()
    expect(
        page.get_by_text("4 things said at unpaid work on this tablet have not been sent.")
    ).to_be_visible()
    usable(page)
    page.get_by_role("button", name="Sign out all the same").click()
    page.wait_for_url("**/sign-in/")
    assert set(kept_of(page, session)) == {"lock", "said"}

    sign_in(page, Role.SUPERVISOR)
    page.goto("/unpaid-work/offline/")
    open_it(page)
    expect_said(page, "All sent at")
    assert ("here",) in register_in(site, session)
    page.goto("/unpaid-work/sessions/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    assert page.evaluate("Promise.all([caches.keys(), indexedDB.databases()])") == [[], []]


def test_after_24_hours_the_sheet_is_erased_and_what_was_said_waits(tablet, usable, session):
    page = tablet()
    on_register(page, session)
    page.get_by_role("button", name=re.compile("^Here")).first.click()
    expect_said(page, "4 things are kept")

    page.clock.install(time=now() + timedelta(hours=25))
    page.reload()
    expect(
        page.get_by_text("The day sheet has been erased from this tablet: it stays for 24 hours")
    ).to_be_visible()
    usable(page)
    assert set(kept_of(page, session)) == {"lock", "said"}
    type_pin(page)
    expect(page.get_by_text(re.compile("Here since"))).to_be_visible()


def test_whoever_was_signed_out_meanwhile_signs_in_and_it_is_sent(site, tablet, session):
    page = tablet()
    on_register(page, session)
    page.get_by_role("button", name=re.compile("^Here")).first.click()
    site.execute("DELETE FROM django_session")
    cut(page, False)
    expect_said(page, "You have been signed out. 4 things are kept on this tablet")
    assert register_in(site, session) == [("expected",)] * 3

    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Username").fill(Role.SUPERVISOR)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    open_it(page)
    expect_said(page, "All sent at")
    assert ("here",) in register_in(site, session)


def test_somebody_else_who_is_signed_in_does_not_send_it(site, tablet, sign_in, session):
    page = tablet()
    on_register(page, session)
    site.execute("DELETE FROM django_session")
    page.goto("about:blank")
    cut(page, False)
    sign_in(page, Role.COORDINATOR)
    page.goto("/unpaid-work/offline/")
    open_it(page)

    expect_said(page, "Somebody else is signed in on this tablet. 3 things are kept")
    assert number_of(site, "acknowledgement", session) == 0


def test_a_sheet_that_changed_meanwhile_is_read_again(site, tablet, session):
    page = tablet()
    on_register(page, session)
    site.execute(
        "UPDATE unpaidwork_instruction SET must_not = 'Do not let them near the pond.' WHERE must_not LIKE '%%strimmer%%'"
    )

    cut(page, False)

    expect(
        page.get_by_text(re.compile("What it says has changed since you opened it. Read it again"))
    ).to_be_visible()
    page.get_by_role("link", name="Day sheet: 1 to read").click()
    expect(page.get_by_text("Do not let them near the pond.")).to_be_visible()
    page.get_by_role("button", name=re.compile("I have read this")).click()
    expect_said(page, "All sent at")
    page.get_by_role("link", name="Open the register").click()
    expect(page.get_by_role("button", name=re.compile("^Here")).first).to_be_visible()


def test_a_tablet_that_is_put_down_locks_and_gives_back_what_was_half_typed(tablet, session):
    page = tablet()
    page.clock.install()
    on_register(page, session)
    page.get_by_role("link", name="Report something").click()
    page.get_by_label("What happened, or what was said?").fill("The gate fell, and")
    page.clock.fast_forward("03:30")

    expect(page.get_by_role("heading", name="Type the PIN")).to_be_visible()
    assert "strimmer" not in page.content()
    type_pin(page)
    expect(page.get_by_label("What happened, or what was said?")).to_have_value(
        "The gate fell, and"
    )


def test_without_a_script_it_points_to_paper(open_page, sign_in, session):
    page = open_page(viewport={"width": TABLET, "height": 1000}, java_script_enabled=False)
    sign_in(page, Role.SUPERVISOR)
    for address in (f"/unpaid-work/sessions/{session}/offline/", "/unpaid-work/offline/"):
        page.goto(address)
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        expect(
            page.get_by_text("on paper").or_(page.get_by_text("Use paper")).first
        ).to_be_visible()
