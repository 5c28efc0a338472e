"""What the client's first page weighs on the wire, counted and never timed; and what lets it be that light."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import override_settings

from core.bundles import BUNDLES, BundledStorage, joined
from tests.homework.agreed import agree
from tests.portal.driving import send

STATIC = Path(settings.BASE_DIR) / "static"
KIB = 1024
HEADERS = 950  # of one answer
FIRST_VISIT, FIRST_SCREEN = 40 * KIB, 14 * KIB
FONTS = ("figtree-core.woff2", "newsreader-core.woff2")
STYLE, SCRIPT = "css/portal-all.css", "js/portal-all.js"
pytestmark = pytest.mark.usefixtures("library")


def squeezed(text: str) -> int:
    return len(brotli.compress(text.encode(), quality=11))


def asked_for(html: str) -> set[str]:
    return set(re.findall(r'(?:href|src)="/static/([^"#?]+)"', html))


@pytest.fixture
def today(phone, tara, ben):
    agree(tara, ben, "slow_breathing", reason="Because evenings are tense.")
    return phone.get("/portal/", headers={"accept-encoding": "gzip"})


def test_today_fits_its_budget(today):
    html = gzip.decompress(today.content).decode()
    assert asked_for(html) == {*BUNDLES[STYLE], *BUNDLES[SCRIPT], "icon.svg"}
    screen = len(today.content) + squeezed(joined(STYLE, STATIC)) + 2 * HEADERS
    fonts = sum((STATIC / "vendor/fonts" / name).stat().st_size + HEADERS for name in FONTS)
    rest = squeezed(joined(SCRIPT, STATIC)) + squeezed((STATIC / "icon.svg").read_text()) + 2 * HEADERS
    assert screen <= FIRST_SCREEN, screen
    assert screen + fonts + rest <= FIRST_VISIT, (screen, fonts, rest)


def test_the_count_sees_a_heavier_page(today):
    assert squeezed(joined(STYLE, STATIC)) + squeezed((STATIC / "css/staff.css").read_text()) > squeezed(joined(STYLE, STATIC)) + 2 * KIB
    assert len(gzip.decompress(today.content)) > 2 * len(today.content)


def test_text_is_there_before_its_font():
    faces = re.findall(r"@font-face \{[^}]*\}", joined(STYLE, STATIC))
    assert len(faces) >= 4 and all("font-display: swap" in face for face in faces)


@pytest.mark.parametrize("name", list(BUNDLES))
def test_a_bundle_holds_every_rule_of_its_parts(name):
    text = "".join(joined(name, STATIC).split())
    for part in BUNDLES[name]:
        plain = re.sub(r"/\*.*?\*/", "", (STATIC / part).read_text(), flags=re.S) if part.endswith(".css") else (STATIC / part).read_text()
        assert "".join(plain.split()) in text


def test_a_part_that_a_bundle_cannot_hold_is_seen():
    """A script that imports at its top, or gives something away, would not stand in a block."""
    for name in BUNDLES:
        for part in BUNDLES[name] if name.endswith(".js") else ():
            assert not re.search(r"^(import\s*[\w{'\"]|export\b)", (STATIC / part).read_text(), re.M), part


def test_collected_it_is_one_hashed_file_of_each_kind(tmp_path):
    for part in [part for parts in BUNDLES.values() for part in parts]:
        (tmp_path / part).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / part).write_text((STATIC / part).read_text())
    fonts = tmp_path / "vendor/fonts"
    fonts.mkdir(parents=True)
    for font in (STATIC / "vendor/fonts").glob("*.woff2"):
        (fonts / font.name).write_bytes(font.read_bytes())
    with override_settings(STATIC_ROOT=str(tmp_path)):
        storage = BundledStorage(location=str(tmp_path), base_url="/static/")
        files = {str(path.relative_to(tmp_path)): (storage, str(path.relative_to(tmp_path))) for path in tmp_path.rglob("*.*")}
        assert all(not isinstance(problem, Exception) for _name, _hashed, problem in storage.post_process(files))
        for name in BUNDLES:
            assert re.fullmatch(r"/static/(css|js)/portal-all\.[0-9a-f]{12}\.(css|js)", storage.url(name))
            assert (tmp_path / (storage.stored_name(name) + ".br")).exists()
    assert re.search(r"figtree-core\.[0-9a-f]{12}\.woff2", (tmp_path / storage.stored_name(STYLE)).read_text())


def test_only_the_clients_own_pages_are_compressed(phone, desk, ben):
    asks = {"headers": {"accept-encoding": "gzip"}}
    assert phone.get("/portal/me/", **asks).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in desk.get(f"/clients/{ben.pk}/homework/", **asks).headers
    assert "Content-Encoding" not in phone.get("/help-now/", **asks).headers
    assert "Content-Encoding" not in phone.get("/portal/me/").headers
    assert "Content-Encoding" not in phone.post("/portal/me/", **asks).headers


@pytest.mark.parametrize("address", ["/portal/me/?entries=all", "/portal/practise/?fit=low", "/portal/?s=123", "/portal/?s=1&x=1", "/portal/?s=guess"])
def test_words_in_the_address_are_never_compressed_with_the_page(phone, address):
    answer = phone.get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers


def test_the_number_of_a_step_is_no_word(phone, tara, ben):
    start = phone.get(f"/portal/homework/{agree(tara, ben, 'slow_breathing').pk}/")
    step = send(phone, start, "new_id")
    assert phone.get(step.redirect_chain[-1][0], headers={"accept-encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
