"""How somebody of the hub does what they have claimed, each kind of item on its own page."""

import re

from django.urls import reverse
from playwright.sync_api import expect

ITEM = re.compile(r"/enforcement/queue/(\d+)/$")
SENTENCE = "He is asked about it on Monday, by his officer."
NPS = "Jo Hall, NPS Reading"


def press(page, name):
    """The first link or button of that name; the page it leads to is then whole."""
    links = page.get_by_role("link", name=name, exact=True)
    links.or_(page.get_by_role("button", name=name, exact=True)).first.click()
    page.wait_for_load_state()


def press_together(pages, name, address):
    """All press that button of the queue, none waiting for another's answer; each then is at this address."""
    for page in pages:
        page.goto(reverse("hub-queue"))
    for page in pages:
        page.get_by_role("button", name=name).click(no_wait_after=True)
    for page in pages:
        page.wait_for_url(address)
        page.wait_for_load_state()


def claim_next_together(pages):
    """The keys of what each got."""
    press_together(pages, "Claim the next one", ITEM)
    return [int(ITEM.search(page.url)[1]) for page in pages]


def claim_next(page, items):
    """The key of one that is no letter."""
    [key] = claim_next_together((page,))
    assert items[key]["kind"] != "send_letter"
    return key


def approve_letters(page):
    """Those that are whole, read one by one."""
    page.goto(reverse("letters-batch"))
    boxes = page.get_by_label(re.compile("I have read it"))
    number = boxes.count()
    for box in boxes.all():
        box.check()
    press(page, "Approve those ticked")
    expect(page.get_by_text(f"{number} letters approved")).to_be_visible()


def post_letters(page, number, proof="Certificate 9"):
    page.locator("#id_proof").fill(proof)
    press(page, "All ticked are posted")
    expect(page.get_by_text(f"{number} letters sent")).to_be_visible()


def approve_and_post_the_rest(page):
    approve_letters(page)
    post_letters(page, page.locator("[id^='send-']").count())


def write_what_lacks_something(page):
    """Each of the letters that something is missing of is written, read, and handed over."""
    while (lacking := page.locator("section[id^='letter-']:not(form *)")).count():
        lacking.first.get_by_role("link").first.click()
        hand_over_letter(page)
        page.goto(reverse("letters-batch"))


def hand_over_letter(page):
    press(page, "Write it")
    page.get_by_label("By hand", exact=True).check()
    for box in page.get_by_role("textbox").all():
        if not box.input_value():
            box.fill("We will ring you to arrange the next appointment.")
    press(page, "Save, and see the letter")
    press(page, "I have read it: make it ready")
    press(page, "Say who handed it over")
    page.get_by_label("Who handed it over").fill("S. Okoro, at reception")
    press(page, "Record that it was handed over")
    expect(page.get_by_text("It is recorded as handed over")).to_be_visible()


def take_back(page, crn, item):
    page.goto(reverse("hub-item", args=[crn, item]))
    press(page, "Take the question back")
    expect(page.get_by_text("The question is taken back.")).to_be_visible()


def do(page, item):
    """From the page of an item that is theirs to its end."""
    DOES[item["kind"]](page)


def send_pack(page, first):
    press(page, first)
    explain(page)
    press(page, "Save")
    press(page, "Go on to sending it")
    explain(page)
    press(page, "It has gone to the NPS")
    expect(page.get_by_text("The pack is with the NPS.")).to_be_visible()


def explain(page):
    for box in page.locator("main textarea").all():
        box.fill(SENTENCE)


def record_acceptance(page):
    press(page, "Record the answer")
    page.get_by_label("Accepted by the NPS", exact=True).check()
    page.locator("#id_outside").fill(NPS)
    page.locator("#id_on").fill("today")
    press(page, "Record the answer")
    expect(page.get_by_text("The answer is recorded.")).to_be_visible()


def send_change(page):
    press(page, "See what is asked")
    press(page, "Write the change")
    explain(page)
    press(page, "Save")
    press(page, "The breach")
    press(page, "Send the change")
    explain(page)
    press(page, "It has gone to the NPS")
    expect(page.get_by_text("The changed report has gone.")).to_be_visible()


def ask_the_court(page):
    press(page, "Record the day")
    press(page, "The breach")
    press(page, "No day is known yet")
    page.locator("#id_outside").fill(NPS)
    page.locator("#id_words").fill("The list is not out yet.")
    press(page, "Record what they answered")
    expect(page.get_by_text("It is recorded, and asked again later.")).to_be_visible()


def send_recall(page):
    press(page, "Say that it was sent")
    page.locator("#id_whom").fill(f"{NPS}, by secure e-mail")
    press(page, "It has gone")
    expect(page.get_by_text("It is recorded that the NPS has it.")).to_be_visible()


def record_rejection(page):
    press(page, "Record the answer")
    page.get_by_label("The NPS rejects it", exact=True).check()
    page.locator("#id_outside").fill(NPS)
    page.locator("#id_words").fill("The senior manager there wants other steps tried first.")
    press(page, "Record the answer")
    expect(page.get_by_text("It is over.")).to_be_visible()


DOES = {
    "submit_breach": lambda page: send_pack(page, "Put the pack together"),
    "answer_nps": lambda page: send_pack(page, "Put the pack right"),
    "get_breach_answer": record_acceptance,
    "amend_breach": send_change,
    "say_hearing": ask_the_court,
    "send_recall": send_recall,
    "get_recall_answer": record_rejection,
}
