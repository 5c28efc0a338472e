"""The second step: an app's codes, recovery codes, passkeys; asked for by a clinic before anything else (SECURITY B1, B2, B6, B12; case G04)."""

import json
import random
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client as Browser
from django.utils import timezone

from access import middleware
from access.acting import acting_as
from accounts import code_forms
from accounts.models import BrowserSession, Clinic
from audit.models import AuditEvent
from clients.models import Client
from tests.accounts.passkey import Device
from tests.cast import PASSWORD, Person, set_second_factor_required
from tests.support import as_role

pytestmark = pytest.mark.django_db
LOGIN, STEP, CODE = "/accounts/login/", "/accounts/second-step/", "/accounts/second-step/code/"
ASKED = STEP + "?asked"
APP, PROFILE, PASSKEY = "/accounts/second-step/app/", "/accounts/profile/", "/accounts/passkey/"


def browser() -> Browser:
    """At a network address and in a house of its own: the counts of tries outlive a test."""
    return Browser(REMOTE_ADDR=f"198.18.{random.randrange(256)}.{random.randrange(256)}", HTTP_HOST="testserver")


def password(person: Person) -> Browser:
    """As far as the password leads."""
    at_the_door = browser()
    assert at_the_door.post(LOGIN, {"login": person.user.email, "password": PASSWORD}).status_code == 302
    return at_the_door


def is_in(who: Browser) -> bool:
    return bool(who.get(PROFILE).status_code == 200)


def code_of(secret: str, at: datetime | None = None) -> str:
    return format_hotp_value(hotp_value(secret, int((at or timezone.now()).timestamp()) // 30))


@pytest.fixture(autouse=True)
def committed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """allauth tells of a change once it is committed; a test's transaction never is."""
    monkeypatch.setattr(transaction, "on_commit", lambda tell, *args, **kwargs: tell())


def set_up_app(who: Browser) -> str:
    """The app's secret."""
    page = who.get(APP)
    secret = re.search(r'class="secret">(\w+)<', page.content.decode())
    assert page.status_code == 200 and secret
    done = who.post(APP, {"code": code_of(secret[1])})
    assert done.status_code == 302 and done.headers["Location"].startswith(STEP), done.content.decode()
    return secret[1]


def options(page: Any) -> dict[str, Any]:
    found = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', page.content.decode())
    assert found
    return dict(json.loads(found[1]))


def add_passkey(who: Browser, device: Device) -> Any:
    page = who.get(PASSKEY + "add/", secure=True)
    return who.post(PASSKEY + "add/", {"name": "Phone", "passwordless": "on", "credential": device.create(options(page))}, secure=True)


# ---- an app's codes


def test_after_the_password_the_code_is_asked_and_nothing_is_open_before(tara: Person, ben: Client) -> None:
    secret = set_up_app(password(tara))
    half = password(tara)
    assert half.get("/").headers["Location"] == LOGIN and not is_in(half)
    assert half.get(f"/clients/{ben.pk}/").headers["Location"].startswith(LOGIN)
    assert "Second step" in half.get(CODE).content.decode()
    wrong = half.post(CODE, {"code": "000000"})
    assert wrong.status_code == 200 and "does not fit" in wrong.content.decode() and not is_in(half)
    assert half.post(CODE, {"code": code_of(secret)}).status_code == 302 and is_in(half)


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}{1} ", "\t{0}{1}\n", "wide"])
def test_a_code_counts_as_people_type_it(typed: str, tara: Person) -> None:
    code = code_of(set_up_app(password(tara)))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    half = password(tara)
    half.post(CODE, {"code": wide if typed == "wide" else typed.format(code[:3], code[3:])})
    assert is_in(half)


@pytest.mark.parametrize("rough", ["", "a\0b", "x" * 500, "١٢٣", "\u202e123456"])
def test_rough_codes_are_answered(rough: str, tara: Person) -> None:
    set_up_app(password(tara))
    half = password(tara)
    assert half.post(CODE, {"code": rough}).status_code == 200 and not is_in(half)


@pytest.mark.parametrize(("seconds", "fits"), [(-30, True), (0, True), (30, True), (-90, False), (90, False)])
def test_a_clock_may_be_half_a_minute_off(seconds: int, fits: bool, tara: Person) -> None:
    secret, half = set_up_app(password(tara)), password(tara)
    half.post(CODE, {"code": code_of(secret, timezone.now() + timedelta(seconds=seconds))})
    assert is_in(half) == fits


def same_code_again(tara: Person) -> bool:
    """The same code in a second browser, 40 seconds later, while it is still valid."""
    secret, now = set_up_app(password(tara)), timezone.now()
    first, second = password(tara), password(tara)
    with time_machine.travel(now, tick=False):
        code = code_of(secret, now + timedelta(seconds=30))
        first.post(CODE, {"code": code})
    assert is_in(first)
    cache.delete(f"allauth.mfa.totp.used?user={tara.user.pk}&code={code}")  # allauth forgets it after 30 seconds
    with time_machine.travel(now + timedelta(seconds=40), tick=False):
        second.post(CODE, {"code": code})
        return is_in(second)


def test_a_code_lets_in_once(tara: Person) -> None:
    assert not same_code_again(tara)


def test_the_check_sees_a_code_that_lets_in_twice(tara: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_forms.cache, "add", lambda *args, **kwargs: True)
    assert same_code_again(tara)


def test_wrong_codes_slow_down(tara: Person) -> None:
    secret, half = set_up_app(password(tara)), password(tara)
    for number in range(5):
        half.post(CODE, {"code": f"00000{number}"})
    assert half.post(CODE, {"code": code_of(secret)}).status_code == 200 and not is_in(half)


def test_the_secret_is_sealed_and_the_square_is_markup(tara: Person) -> None:
    who = password(tara)
    page = who.get(APP).content.decode()
    assert "<svg" in page and "data:image" not in page and "style=" not in page
    secret = set_up_app(who)
    assert secret not in str(list(Authenticator.objects.values("data")))


def test_recovery_codes_stand_in_once_each(tara: Person) -> None:
    who = password(tara)
    set_up_app(who)
    codes = re.findall(r"<li>(\d{8})</li>", who.get(STEP + "recovery/").content.decode())
    assert len(codes) == 10
    first, second = password(tara), password(tara)
    first.post(CODE, {"code": f"{codes[0][:4]} {codes[0][4:]}"})
    cache.delete(f"code-used:{tara.user.pk}:{codes[0]}")
    second.post(CODE, {"code": codes[0]})
    assert is_in(first) and not is_in(second)


# ---- passkeys


def sign_in_by_passkey(device: Device, **fields: str) -> Browser:
    who = browser()
    asked = who.get(PASSKEY, secure=True).json()
    who.post(PASSKEY, {"credential": device.get(asked), **fields}, secure=True)
    return who


def test_a_passkey_alone_signs_in_and_its_counter_may_stay_at_zero(tara: Person) -> None:
    device = Device()
    assert add_passkey(password(tara), device).headers["Location"] == "/accounts/second-step/recovery/"
    assert is_in(sign_in_by_passkey(device)) and is_in(sign_in_by_passkey(device))


def test_another_devices_answer_is_refused(tara: Person, sam: Person) -> None:
    hers, his = Device(), Device()
    add_passkey(password(tara), hers)
    add_passkey(password(sam), his)
    his.user_handle = hers.user_handle
    assert not is_in(sign_in_by_passkey(his))


@pytest.mark.parametrize("rough", ["", "{}", "[]", "null", '{"id": 1}', '{"response": {"userHandle": "AAAA"}}', "x" * 9999, '"\\u0000"'])
def test_rough_answers_are_answered(rough: str, tara: Person) -> None:
    add_passkey(password(tara), Device())
    for who, path in ((browser(), PASSKEY), (password(tara), CODE), (password(tara), PASSKEY + "add/")):
        assert who.post(path, {"credential": rough}, secure=True).status_code in (200, 302)
        assert not is_in(who) or path.endswith("add/")


def test_an_answer_to_an_earlier_question_is_refused(tara: Person) -> None:
    device, who = Device(), browser()
    add_passkey(password(tara), device)
    old = device.get(who.get(PASSKEY, secure=True).json())
    who.get(PASSKEY, secure=True)
    who.post(PASSKEY, {"credential": old}, secure=True)
    assert not is_in(who)


def test_a_passkey_is_the_second_step_too_and_codes_are_offered_when_it_is_gone(tara: Person) -> None:
    device, who = Device(), password(tara)
    add_passkey(who, device)
    codes = re.findall(r"<li>(\d{8})</li>", who.get(STEP + "recovery/").content.decode())
    half = password(tara)
    page = half.get(CODE, secure=True)
    assert "recovery codes" in page.content.decode()
    half.post(CODE, {"credential": device.get(options(page))}, secure=True)
    assert is_in(half)
    lost = password(tara)
    lost.post(CODE, {"code": codes[3]})
    assert is_in(lost)


def test_a_deactivated_person_does_not_come_in_by_passkey(tara: Person) -> None:
    device = Device()
    add_passkey(password(tara), device)
    with as_role(connection, "app_owner"):
        type(tara.user).objects.filter(pk=tara.user.pk).update(is_active=False)
    assert not is_in(sign_in_by_passkey(device))


def test_after_the_passkey_one_is_where_one_wanted_to_be(tara: Person) -> None:
    device = Device()
    add_passkey(password(tara), device)
    who = browser()
    asked = who.get(PASSKEY, secure=True).json()
    assert who.post(PASSKEY, {"credential": device.get(asked), "next": PROFILE}, secure=True).headers["Location"] == PROFILE


# ---- changing it


def test_other_sessions_end_with_every_change_and_this_one_goes_on(tara: Person) -> None:
    who = password(tara)

    def others() -> list[Browser]:
        return [browser_of(tara) for _time in range(3)]

    def changed(change: Callable[[], Any]) -> None:
        elsewhere = others()
        assert change().status_code == 302
        assert is_in(who) and not any(is_in(each) for each in elsewhere)
        assert BrowserSession.objects.filter(user=tara.user).count() == 1

    changed(lambda: add_passkey(who, Device()))
    elsewhere = others()
    set_up_app(who)
    assert is_in(who) and not any(is_in(each) for each in elsewhere)
    changed(lambda: who.post(STEP + "recovery/new/"))
    changed(lambda: who.post(STEP + "app/remove/"))
    key = Authenticator.objects.get(type="webauthn").pk
    changed(lambda: who.post(f"{PASSKEY}{key}/remove/"))
    assert not Authenticator.objects.exists()
    with as_role(connection, "app_owner"):
        assert AuditEvent.objects.filter(verb="second_factor_changed", actor_id=tara.user.pk).count() >= 5


def test_the_check_sees_sessions_that_outlive_a_new_factor(tara: Person, as_owner: Callable[[], Any]) -> None:
    who, elsewhere = password(tara), browser_of(tara)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE mfa_authenticator DISABLE TRIGGER end_sessions")
    set_up_app(who)
    assert is_in(elsewhere)


def browser_of(person: Person) -> Browser:
    """Signed in, whatever is asked for."""
    who = browser()
    who.force_login(person.user)
    return who


def test_somebody_elses_passkey_is_not_there(tara: Person, sam: Person) -> None:
    add_passkey(password(sam), Device())
    key, who = Authenticator.objects.get(type="webauthn").pk, password(tara)
    assert who.get(f"{PASSKEY}{key}/remove/").status_code == 404 and who.post(f"{PASSKEY}{key}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=key).exists()


@pytest.mark.parametrize("path", [APP, PASSKEY + "add/"])
def test_who_she_is_is_asked_again_after_five_minutes(path: str, tara: Person) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        who = password(tara)
        assert who.get(path).status_code == 200
    with time_machine.travel(now + timedelta(minutes=5, seconds=1), tick=False):
        asked = who.get(path)
        assert asked.status_code == 302 and asked.headers["Location"].startswith("/accounts/reauthenticate/")
        assert "Is it you?" in who.get(asked.headers["Location"]).content.decode()
        assert who.post(asked.headers["Location"], {"password": PASSWORD}).headers["Location"] == path
        assert who.get(path).status_code == 200


# ---- a clinic that asks for it


@pytest.fixture
def asked_for(tara: Person, ada: Person) -> Clinic:
    clinic = tara.membership.clinic
    with acting_as(ada.actor):
        set_second_factor_required(clinic=clinic, required=True, by=ada.actor)
    return clinic


OPEN = ["/help-now/", STEP, APP, PASSKEY + "add/", "/accounts/logout/"]
CLOSED = ["/caseload/", PROFILE, "/accounts/sessions/", "/accounts/password/change/", "/clients/new/", "/library/"]


@pytest.mark.parametrize("path", CLOSED)
def test_setting_it_up_comes_before_any_other_page(path: str, tara: Person, asked_for: Clinic) -> None:
    who = password(tara)
    for answer in (who.get(path), who.post(path, {}), who.head(path)):
        assert answer.status_code == 302 and answer.headers["Location"] == ASKED
    assert "Your clinic asks" in who.get(ASKED).content.decode()


def test_a_clients_record_is_closed_until_then_and_open_after(tara: Person, ben: Client, asked_for: Clinic) -> None:
    who, record = password(tara), f"/clients/{ben.pk}/"
    assert who.get(record).headers["Location"] == ASKED
    add_passkey(who, Device())
    assert who.get(record).status_code == 200


def test_help_the_way_out_and_the_setting_up_stay_open(tara: Person, asked_for: Clinic) -> None:
    who = password(tara)
    assert [who.get(path, secure=True).status_code for path in OPEN] == [200] * len(OPEN)
    assert who.post("/accounts/logout/").headers["Location"] == LOGIN


def test_the_check_sees_a_page_that_does_not_ask(tara: Person, asked_for: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "must_enrol", lambda user, memberships: False)
    assert password(tara).get("/caseload/").status_code == 200


def test_clients_and_other_clinics_are_not_asked(ben_portal: Person, olu: Person, asked_for: Clinic) -> None:
    assert is_in(password(ben_portal)) and is_in(password(olu))


def test_recovery_codes_alone_are_no_second_step(tara: Person, asked_for: Clinic) -> None:
    Authenticator.objects.create(user=tara.user, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert browser_of(tara).get("/caseload/").headers["Location"] == ASKED


def test_what_was_being_typed_is_kept_until_it_is_set_up(tara: Person, ben: Client, ada: Person) -> None:
    who, path = password(tara), f"/clients/{ben.pk}/contact/"
    who.get(path)
    with acting_as(ada.actor):
        set_second_factor_required(clinic=tara.membership.clinic, required=True, by=ada.actor)
    text = "a long line that was typed while the clinic changed its mind"
    assert who.post(path, {"scope": f"{tara.membership.pk}:{ben.pk}", "gp": text}).headers["Location"] == ASKED
    add_passkey(who, Device())
    assert text in who.get(path).content.decode()


def test_a_new_password_by_mail_does_not_go_round_it(tara: Person) -> None:
    from tests.accounts.test_screen_sign_in import reset_link

    set_up_app(password(tara))
    who, new = browser(), "another quiet lantern 8"
    clean = who.get(reset_link(tara)).headers["Location"]
    assert who.post(clean, {"password1": new, "password2": new}).status_code == 302 and not is_in(who)
    assert who.post(LOGIN, {"login": tara.user.email, "password": new}).headers["Location"] == CODE and not is_in(who)


def test_only_the_clinics_admin_decides(tara: Person, ada: Person, ben_portal: Person) -> None:
    clinic = tara.membership.clinic
    for person in (tara, ben_portal):
        with pytest.raises(PermissionDenied), acting_as(person.actor):
            set_second_factor_required(clinic=clinic, required=True, by=person.actor)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(person.actor):
            Clinic.objects.filter(pk=clinic.pk).update(second_factor_required=True)
    assert not Clinic.objects.get(pk=clinic.pk).second_factor_required
    for required in (True, True, False):
        with acting_as(ada.actor):
            set_second_factor_required(clinic=clinic, required=required, by=ada.actor)
        assert Clinic.objects.get(pk=clinic.pk).second_factor_required == required
    with as_role(connection, "app_owner"):
        changes = [event.detail for event in AuditEvent.objects.filter(verb="clinic_changed").order_by("at")]
    field = {"field": "second_factor_required"}
    assert changes == [{**field, "from": False, "to": True}, {**field, "from": True, "to": False}]


def test_the_admin_of_another_clinic_decides_nothing_here(tara: Person, olu: Person, ada: Person) -> None:
    with pytest.raises(PermissionDenied), acting_as(ada.actor):
        set_second_factor_required(clinic=olu.membership.clinic, required=True, by=ada.actor)
