"""Sign-in at an external OpenID provider: npm's oidc-provider, and forgeries that it would never make."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests

from app.clock import Clock, SystemClock
from app.domain.effects import Effect, Put
from app.domain.records import Firm, Staff
from app.errors import SignInError, UsageError
from app.remote.sign_in import sign_in
from app.remote.transport import RequestsTransport
from app.server.identity.accounts import Account
from app.server.identity.desk import CALLBACK_PATH
from app.server.identity.openid import OpenIdProvider
from app.server.options import OpenIdOptions
from app.server.store import SERVER
from tests.server.identity_site import EMAIL, PASSWORD, SignInSite, answer_of, new_verifier, sign_in_site
from tests.support.openid_provider import CLIENT_ID, CLIENT_SECRET, Person, openid_provider

SECONDS = 60
FIRM = Firm(id="fi_1", name="Exempelbyrån AB", organisation_number="165560360793")
KARIN = Staff(id="st_1", name="Karin Ek", email=EMAIL)


@dataclass
class Federation:
    """Our site, and the provider that it sends people to."""

    site: SignInSite
    issuer: str

    def start(self, verifier: str, number: int = 1, **changes: str) -> str:
        """Return the address of the provider's button on our page."""
        page = requests.get(
            f"{self.site.url}/oauth/authorize",
            params=self.site.question(verifier, **changes),
            timeout=SECONDS,
        )
        link = re.search(rf'id="provider-{number}" href="([^"]+)"', page.text)
        assert link is not None, page.text
        return urljoin(self.site.url, unescape(link.group(1)))

    def put(self, *staff: Staff) -> None:
        """Write staff as they are."""
        with self.site.store.write(FIRM.id) as transaction:
            changes = tuple(Put(each) for each in staff)
            transaction.write(Effect(changes=changes), by=SERVER, source="test")


@contextmanager
def federation(
    tmp_path: Path, *words: str, clock: Clock | None = None, **options: object
) -> Iterator[Federation]:
    with ExitStack() as stack:
        issuers: list[str] = []

        def providers(url: str) -> list[OpenIdOptions]:
            issuer = stack.enter_context(openid_provider(url + CALLBACK_PATH, tmp_path, *words))
            issuers.append(issuer)
            values = {"claim": "email"} | options
            return [
                OpenIdOptions(
                    issuer=issuer,
                    client_id=CLIENT_ID,
                    client_secret=CLIENT_SECRET,
                    name="Byråns konto",
                    **values,  # type: ignore[arg-type]
                )
            ]

        database = f"sqlite:///{tmp_path / 'server.db'}"
        # The provider's tokens carry the real time.
        site = stack.enter_context(sign_in_site(database, clock=clock or SystemClock(), providers=providers))
        site.store.create_firm(FIRM, KARIN)
        yield Federation(site, issuers[0])


@pytest.mark.parametrize("words", [(), ("--in-token",)], ids=["address at userinfo", "address in the token"])
def test_our_program_signs_in_through_the_provider(tmp_path: Path, words: tuple[str, ...]) -> None:
    with federation(tmp_path, *words) as there:
        transport = RequestsTransport(there.site.url)
        person = Person("karin")

        def open_browser(address: str) -> None:
            page = person.browser.get(address, timeout=SECONDS).text
            link = re.search(r'id="provider-1" href="([^"]+)"', page)
            assert link is not None
            place = urljoin(there.site.url, unescape(link.group(1)))
            threads.append(threading.Thread(target=person.visit, args=(place,), name="browser"))
            threads[-1].start()

        threads: list[threading.Thread] = []
        answer = sign_in(transport, open_browser)
        threads[0].join(SECONDS)
        principal = there.site.issuer.find_principal(answer.access_token)
        assert principal is not None
        assert (principal.firm_id, principal.staff_id) == ("fi_1", "st_1")
        # The person did come by the provider's own sign-in, and by our callback.
        assert any("/interaction/" in place for place in person.visited)
        assert f"{urlsplit(there.site.url).netloc}{CALLBACK_PATH}" in person.visited
        person.close()
        transport.close()


def end(there: Federation, login: str) -> requests.Response:
    person = Person(login)
    answer = person.visit(there.start(new_verifier()), stop_at="http://127.0.0.1:50123/")
    person.close()
    return answer


def test_only_a_verified_address_of_active_staff_opens_anything(tmp_path: Path) -> None:
    with federation(tmp_path) as there:
        assert "har inte bekräftat" in end(there, "unverified").text
        stranger = end(there, "stranger")
        assert stranger.status_code == 403
        assert "hör inte till någon medarbetare" in stranger.text
        assert "code" in answer_of(end(there, "karin"))
        # Another account there with the same address is another person.
        assert "ett annat konto" in end(there, "namesake").text
        there.put(Staff(id="st_1", name="Karin Ek", email="annan@exempelbyran.se"))
        assert "code" in answer_of(end(there, "karin")), "once known, the address does not count"
        there.put(Staff(id="st_1", name="Karin Ek", email=EMAIL, state="left"))
        assert "hör inte till någon medarbetare" in end(there, "karin").text


def test_a_new_account_lets_the_next_person_in(tmp_path: Path) -> None:
    with federation(tmp_path) as there:
        assert "code" in answer_of(end(there, "karin"))
        there.site.accounts.add(Account(firm_id="fi_1", staff_id="st_1", email=EMAIL), None)
        assert "code" in answer_of(end(there, "namesake"))


def test_a_provider_speaks_for_its_own_firm_only(tmp_path: Path) -> None:
    with federation(tmp_path, firm="212000-0142") as there:
        assert "hör inte till någon medarbetare" in end(there, "karin").text
        other = Firm(id="fi_2", name="Annan Byrå AB", organisation_number="162120000142")
        there.site.store.create_firm(other, Staff(id="st_9", name="Karin E", email=EMAIL))
        code = answer_of(end(there, "karin"))["code"]
        assert code
        sessions = there.site.store.routing
        with sessions.read() as rows:
            assert [row.firm_id for row in rows.list_kind("code")] == ["fi_2"]


def test_passwords_can_be_left_to_the_provider(tmp_path: Path) -> None:
    with federation(tmp_path, passwords=False) as there:
        page = requests.get(
            f"{there.site.url}/oauth/authorize", params=there.site.question(new_verifier()), timeout=SECONDS
        )
        assert 'id="provider-1"' in page.text
        assert 'type="password"' not in page.text
        refused = there.site.sign_in(new_verifier())
        assert refused.status_code == 403
        assert "loggar inte in med lösenord" in refused.text


def test_another_firms_rule_about_passwords_is_nothing_to_this_one(tmp_path: Path) -> None:
    with federation(tmp_path, firm="212000-0142", passwords=False) as there:
        assert "code" in answer_of(there.site.sign_in(new_verifier(), password=PASSWORD))


def test_an_answer_is_taken_once_in_the_browser_that_asked(tmp_path: Path) -> None:
    with federation(tmp_path) as there:
        person = Person("karin")
        verifier = new_verifier()
        answer = person.visit(there.start(verifier), stop_at=there.site.url + CALLBACK_PATH)
        place = answer.headers["location"]
        # A stranger's browser, to which the answer is pushed: no cookie.
        pushed = requests.get(place, timeout=SECONDS, allow_redirects=False)
        assert pushed.status_code == 400
        # Answers that were tampered with.
        for name, value in (("state", "another"), ("iss", "https://evil.example"), ("iss", "")):
            fields = {key: values[0] for key, values in parse_qs(urlsplit(place).query).items()} | {
                name: value
            }
            if not value:
                del fields[name]
            stolen = {"samverka-openid": str(person.browser.cookies.get("samverka-openid"))}
            forged = requests.get(
                place.partition("?")[0], params=fields, cookies=stolen, timeout=SECONDS, allow_redirects=False
            )
            assert forged.status_code == 403, (name, value)
            assert "gick inte att lita på" in forged.text
        good = person.browser.get(place, timeout=SECONDS, allow_redirects=False)
        assert good.status_code == 303
        assert answer_of(good)["state"] == "s-123"
        # The cookie is gone, and with the old one the provider gives nothing for the used code.
        again = person.browser.get(place, timeout=SECONDS, allow_redirects=False)
        assert again.status_code == 400
        person.close()


def test_a_cancel_at_the_provider_leads_back_to_the_choice(tmp_path: Path) -> None:
    with federation(tmp_path) as there:
        person = Person("karin")
        answer = person.browser.get(there.start(new_verifier()), allow_redirects=False, timeout=SECONDS)
        state = parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
        back = person.browser.get(
            there.site.url + CALLBACK_PATH,
            params={"error": "access_denied", "state": state, "iss": there.issuer},
            timeout=SECONDS,
        )
        assert back.status_code == 403
        assert "avbröts" in back.text
        assert 'id="provider-1"' in back.text
        person.close()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (OpenIdOptions(issuer="https://id.example"), "openid_incomplete"),
        (OpenIdOptions(issuer="http://id.example", client_id="samverka"), "openid_not_https"),
        (OpenIdOptions(issuer="https://id.example", client_id="s", require="hd"), "server_option_invalid"),
    ],
)
def test_a_wrong_configuration_is_refused_at_the_start(options: OpenIdOptions, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        OpenIdProvider(options, SystemClock())
    assert caught.value.code == code


def test_a_provider_that_calls_itself_otherwise_is_not_used(tmp_path: Path) -> None:
    with openid_provider("http://127.0.0.1:1/", tmp_path) as issuer:
        options = OpenIdOptions(issuer=issuer.replace("127.0.0.1", "localhost"), client_id="samverka")
        with pytest.raises(SignInError) as caught:
            OpenIdProvider(options, SystemClock()).begin("http://127.0.0.1:1/", language="sv")
        assert caught.value.code == "openid_not_as_configured"


def test_a_provider_that_is_away_is_said_on_the_page(tmp_path: Path) -> None:
    options = OpenIdOptions(issuer="http://127.0.0.1:9", client_id="samverka", name="Entra")
    with sign_in_site(f"sqlite:///{tmp_path / 'server.db'}", providers=lambda _: [options]) as site:
        answer = requests.get(Federation(site, "").start(new_verifier()), timeout=SECONDS)
        assert answer.status_code == 502
        assert "Entra svarar inte just nu" in answer.text
