"""The product's main job, from the desk to the phone and back, on everything that really runs."""

import re
import uuid

from tests.browser import DESK, PASSWORD, PHONE, Browser, Page, Visitor, expect, visitor


def test_from_the_first_session_to_what_came_back(chrome: Browser) -> None:
    """Tara adds Mia and invites her, logs a session, agrees an exercise; Mia accepts on her phone, does half, comes back and finishes.

    Then Tara sees it under its pillar.
    """
    name, address = f"Mia {uuid.uuid4().hex[:6]}", f"mia-{uuid.uuid4().hex[:8]}@example.org"
    with visitor(chrome, DESK) as tara:
        tara.sign_in("tara@example.org")
        record = add_and_invite(tara, name, address)
        log_the_session(tara, record)
        agree_slow_breathing(tara, name)
    with visitor(chrome, PHONE) as mia:
        accept(mia, name, address)
        begin_and_leave(mia)
    with visitor(chrome, PHONE) as mia:
        mia.sign_in(address)
        go_on_and_finish(mia)
    with visitor(chrome, DESK) as tara:
        tara.sign_in("tara@example.org")
        page = tara.go(record)
        expect(page.locator("section.pillar.p-coping")).to_contain_text("Slow breathing")
        expect(page.locator("section.pillar.p-coping")).to_contain_text("7 to 4")
        page = tara.go("/caseload/")
        expect(page.locator("article.case", has_text=name)).to_contain_text("Slow breathing done")


def add_and_invite(tara: Visitor, name: str, address: str) -> str:
    """A client and her invitation; answers the record's path."""
    page = tara.page
    page.get_by_role("link", name="Add a client").first.click()
    tara.check()
    page.get_by_label("Called").fill(name)
    page.get_by_role("button", name="Add", exact=True).click()
    tara.check()
    record = re.search(r"/clients/[0-9a-f-]{36}/", page.url)
    assert record, page.url
    tara.go(f"{record[0]}portal/")
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name=re.compile("invit", re.I)).click()
    tara.check()
    return record[0]


def log_the_session(tara: Visitor, record: str) -> None:
    """Saving without the risk tap names it and keeps what was tapped; then it saves."""
    page = tara.go(f"{record}sessions/new/")
    page.get_by_label("Coping", exact=True).check(force=True)
    page.get_by_label("Skills", exact=True).check(force=True)
    page.get_by_label("One line").fill("Came with a tight chest. Likes the idea of slow breath.")
    page.get_by_role("button", name="Save and assign").click()
    expect(page.locator("body")).to_contain_text(re.compile("missing: risk|risk", re.I))
    expect(page.get_by_label("One line")).to_have_value("Came with a tight chest. Likes the idea of slow breath.")
    expect(page.get_by_label("Coping", exact=True)).to_be_checked()
    page.get_by_label("Asked, no concern").check(force=True)
    page.get_by_role("button", name="Save and assign").click()
    page.wait_for_url("**/homework/assign/**")
    tara.check()


def agree_slow_breathing(tara: Visitor, name: str) -> None:
    page = tara.page
    page.get_by_placeholder(re.compile("Search")).fill("slow breath")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Slow breathing").first.click()
    tara.check()
    page.get_by_label(f"Reason, in words for {name}").fill("For the minutes before a meeting.")
    page.get_by_role("button", name="Checked, send").click()
    tara.check()
    expect(page.locator("body")).to_contain_text("For the minutes before a meeting.")


def accept(mia: Visitor, name: str, address: str) -> None:
    path = mia.link_in_mail(address)
    mia.go(path)
    mia.go(path)  # opening it twice, as a mail scanner does, uses nothing up
    mia.page.locator("input[type=password]").fill(PASSWORD)
    mia.page.get_by_role("button", name="Accept and begin").click()
    mia.check()
    expect(mia.page.locator("body")).to_contain_text("How are you right now?")
    expect(mia.page.locator("body")).to_contain_text("For the minutes before a meeting.")


def press(page: Page, name: str) -> None:
    """A button, or a link that looks like one."""
    words = re.compile(name)
    page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first.click()


def begin_and_leave(mia: Visitor) -> None:
    page = mia.page
    press(page, "^Start")
    mia.check()
    for _step in range(8):
        if page.locator("input[type=radio][value='7']").count():
            break
        press(page, "^(Next|Begin|Start)")
    page.locator("input[type=radio][value='7']").check(force=True)
    page.get_by_role("button", name="Next").click()
    mia.check()
    page.get_by_text("Leave, it is kept").click()
    mia.check()


def go_on_and_finish(mia: Visitor) -> None:
    page = mia.page
    press(page, "^(Go on|Start)")
    mia.check()
    for _step in range(12):
        if page.get_by_text("Did it help?").count():
            break
        if page.locator("input[type=radio][value='4'][name=answer]").count() and page.locator("input[type=radio][value='10']").count():
            page.locator("input[type=radio][value='4'][name=answer]").check(force=True)
            page.get_by_role("button", name="Next").click()
        elif page.locator("[data-timer]").count():
            page.get_by_role("button", name="Skip").click()
        else:
            press(page, "^(Next|Go on)")
        mia.check()
    expect(page.locator("body")).to_contain_text("From 7 to 4")
    page.get_by_label("Yes").check(force=True)
    page.get_by_role("button", name="Done").click()
    mia.check()
