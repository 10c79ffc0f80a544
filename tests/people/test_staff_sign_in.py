"""Staff sign in through allauth, to the admin too, and with a second step. Over real HTTP."""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal import auth as totp

from people.models import Message, User
from tests.factories import make_staff, make_user
from tests.system.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second_step_is_required(settings) -> None:
    settings.STAFF_MFA_REQUIRED = True


@pytest.fixture
def staff(db) -> User:
    return make_staff(email="maja@example.org", name="Maja Lind")


@pytest.fixture
def visitor(live_server) -> Visitor:
    return Visitor(live_server.url)


def sent_code(user: User) -> str:
    message = Message.objects.filter(user=user, kind="people.sign_in_code").latest("pk")
    return re.findall(r"Din kod är (\S+)\.", message.text)[0]


def sign_in(visitor: Visitor, user: User, path: str = "/admin/") -> Visitor:
    visitor.get(path)
    visitor.submit(form_with="Skicka en kod till mig", email=user.email)
    return visitor.submit(form_with="code", code=sent_code(user))


def path_of(visitor: Visitor) -> str:
    return urlsplit(visitor.url).path


def code_of_app(secret: str) -> str:
    counter = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def connect_app(visitor: Visitor) -> str:
    """Sets up an app with codes and returns its secret."""
    visitor.get("/konto/2fa/totp/activate/")
    secret = re.findall(r"\b[A-Z2-7]{32}\b", visitor.html)[0]
    visitor.submit(form_with="code", code=code_of_app(secret))
    return secret


def test_the_admin_is_entered_with_a_code_by_e_mail_and_no_password(visitor, staff):
    visitor.get("/admin/")
    assert path_of(visitor) == "/konto/login/"

    sign_in(visitor, staff)

    assert path_of(visitor) == "/admin/"
    assert "Min dag" in visitor.text


def test_nothing_leaves_while_someone_waits_for_the_page(visitor, staff, settings):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "192.0.2.1", "django.core.mail.backends.smtp.EmailBackend"

    sign_in(visitor, staff)

    assert path_of(visitor) == "/admin/"


def test_an_unknown_address_gets_the_same_page_and_no_message(visitor, staff):
    def answer(email: str) -> str:
        one = Visitor(visitor.base)
        one.get("/konto/login/")
        one.submit(form_with="Skicka en kod till mig", email=email)
        return one.text.replace(email, "")

    assert answer(staff.email) == answer("okand@example.org")
    assert [message.user for message in Message.objects.all()] == [staff]


def test_someone_without_staff_rights_stays_outside(visitor):
    outsider = make_user(email="utan@example.org")
    visitor.get("/konto/login/")
    visitor.submit(form_with="Skicka en kod till mig", email=outsider.email)
    visitor.submit(form_with="code", code=sent_code(outsider))

    assert visitor.session.get(f"{visitor.base}/admin/").status_code == HTTPStatus.FORBIDDEN


def test_staff_set_up_a_second_step_before_anything_in_the_admin(second_step_is_required, visitor, staff):
    sign_in(visitor, staff)

    assert path_of(visitor) == "/konto/2fa/"
    assert "Lägg till ett andra steg först" in visitor.text
    for path in ("/admin/", "/admin/people/contact/", "/admin/people/user/add/", "/admin/jsi18n/"):
        assert path_of(visitor.get(path)) == "/konto/2fa/"

    connect_app(visitor)

    assert path_of(visitor.get("/admin/")) == "/admin/"


def test_looking_at_ones_address_first_does_not_bar_the_second_step(second_step_is_required, visitor, staff):
    """allauth then notes the address as not verified, and wants that done before it takes a second step."""
    sign_in(visitor, staff)
    visitor.get("/konto/email/")

    connect_app(visitor)

    assert path_of(visitor.get("/admin/")) == "/admin/"


def test_the_second_step_is_asked_for_at_the_next_sign_in(second_step_is_required, visitor, staff):
    sign_in(visitor, staff)
    secret = connect_app(visitor)
    another = Visitor(visitor.base)

    sign_in(another, staff)

    assert path_of(another) == "/konto/2fa/authenticate/"
    assert another.session.get(f"{another.base}/admin/", allow_redirects=False).status_code == HTTPStatus.FOUND
    another.submit(form_with="code", code=code_of_app(secret))
    assert path_of(another) == "/admin/"


def test_recovery_codes_alone_are_no_second_step(second_step_is_required, client):
    staff = make_staff()
    staff.authenticator_set.create(type="recovery_codes", data={})
    client.force_login(staff)

    assert client.get("/admin/").headers["Location"] == "/konto/2fa/"


def test_where_a_setting_says_so_one_step_is_enough(settings, visitor, staff):
    settings.STAFF_MFA_REQUIRED = False

    sign_in(visitor, staff)

    assert path_of(visitor) == "/admin/"


def test_staff_without_a_second_step_can_still_sign_out(second_step_is_required, client):
    client.force_login(make_staff())

    assert client.post("/admin/logout/").status_code == HTTPStatus.OK
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_groups_and_visitors_are_not_asked_for_a_second_step(second_step_is_required, visitor):
    assert visitor.session.get(f"{visitor.base}/").status_code == HTTPStatus.OK


def test_the_password_page_of_the_admin_takes_no_passwords(live_server, staff):
    staff.set_password("en lång mening som lösenord")
    staff.save()

    answer = requests.post(
        f"{live_server.url}/admin/login/",
        data={"username": staff.email, "password": "en lång mening som lösenord"},
        allow_redirects=False,
        timeout=20,
    )

    assert answer.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.FOUND}
    assert not any("sessionid" in cookie for cookie in answer.cookies)


def test_guessing_codes_is_stopped(visitor, staff):
    visitor.get("/konto/login/")
    visitor.submit(form_with="Skicka en kod till mig", email=staff.email)
    right = sent_code(staff)
    for _try in range(3):
        visitor.submit(form_with="code", code="AAAAAA")

    assert path_of(visitor) == "/konto/login/code/"
    visitor.session.post(f"{visitor.base}/konto/login/code/confirm/", data={"code": right}, timeout=20)
    assert path_of(visitor.get("/admin/")) == "/konto/login/"
