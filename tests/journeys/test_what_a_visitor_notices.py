"""The watch that every journey keeps: a page that breaks its policy, asks outside, or leaves a label out does not pass."""

from tests.browser import CSP_VIOLATIONS, DESK, Browser, Visitor


def test_each_of_them_is_noticed(chrome: Browser) -> None:
    before = len(CSP_VIOLATIONS)
    context = chrome.new_context(**DESK)
    stranger = Visitor(context)
    page = stranger.go("/accounts/login/")
    assert stranger.problems == []
    page.evaluate("const one = document.createElement('script'); one.text = '1'; document.body.append(one)")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), { src: 'https://elsewhere.example/pixel.png' }))")
    page.wait_for_timeout(300)
    stranger.check()
    context.close()
    said = "\n".join(stranger.problems)
    assert "Content Security Policy" in said and "image-alt" in said, said
    assert len(CSP_VIOLATIONS) - before == 2, "the script and the image"
    del CSP_VIOLATIONS[before:]  # made here on purpose
