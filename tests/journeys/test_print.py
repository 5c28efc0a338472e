"""What the printer gets: a sheet of A4 is as narrow as a tablet, and is no phone."""

from tests.browser import Browser, expect, visitor

A4_INSIDE_ITS_MARGINS = {"viewport": {"width": 688, "height": 970}}  # 182 mm


def test_the_record_on_paper_has_no_links_and_no_layout_of_a_phone(chrome: Browser) -> None:
    with visitor(chrome, A4_INSIDE_ITS_MARGINS) as tara:
        tara.sign_in("tara@example.org")
        page = tara.page
        page.get_by_role("link", name="Ben").first.click()
        expect(page.get_by_role("link", name="All homework")).to_be_visible()
        page.emulate_media(media="print")
        expect(page.locator(".panel .more").first).to_be_hidden()
        assert page.locator(".chartwrap").evaluate("(box) => box.scrollWidth <= box.clientWidth"), "the picture is cut at the edge of the sheet"
