"""Addresses closed with one key and opened with the other, and errors that give nothing away."""

import base64

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.sealing import SealedAddresses, make_key_pair, seal
from bot.errors import ConfigurationError, StudentsFailed
from bot.subscriptions.student import Subscription
from tests.adapters.smtp.steps import all_text

PAIR, OTHER = make_key_pair(), make_key_pair()
MAILBOX = "zoe.private@reader.example.org"

logins = st.from_regex(r"[a-zA-Z0-9]{1,18}(-[a-zA-Z0-9]{1,18})?", fullmatch=True)
locals_ = st.from_regex(r"[a-z0-9_+-]{1,20}(\.[a-z0-9_+-]{1,20})?", fullmatch=True)
domains = st.from_regex(r"[a-z]{1,10}\.[a-z]{2,8}\.org", fullmatch=True)


def book(key: str = PAIR.identity, masked: list[str] | None = None) -> SealedAddresses:
    told = [] if masked is None else masked
    return SealedAddresses(key, None, told.append)


def student(line: str | None, login: str = "ada-example") -> Subscription:
    return Subscription(login=login, interests=("maps",), email=line)


def closed(plain: str | bytes, key: str = PAIR.public_key) -> str:
    """A line as somebody could make it by hand."""
    raw = plain if isinstance(plain, bytes) else plain.encode()
    sealed = pyrage.encrypt(raw, [pyrage.x25519.Recipient.from_str(key)])
    return "age:" + base64.b64encode(sealed).decode()


def refused(line: str, login: str = "ada-example", masked: list[str] | None = None) -> str:
    with pytest.raises(StudentsFailed) as caught:
        book(masked=masked).address_of(student(line, login))
    told = all_text(caught.value)
    assert not [one for one in ("private", "reader.example", PAIR.identity) if one in told]
    assert login in caught.value.message
    assert f"foothold encrypt --student {login}" in caught.value.advice
    assert caught.value.exit_code == 7
    return caught.value.message


@settings(deadline=None)
@given(logins, locals_, domains)
def test_what_was_sealed_for_a_login_is_opened_for_it_in_any_case(login, local, domain):
    line = seal(login, f"{local}@{domain}", PAIR.public_key)
    assert line.startswith("age:")
    assert len(line.split()) == 1
    opened = book().address_of(student(line, login.upper()))
    assert opened.mailbox == f"{local}@{domain}"
    assert opened == book().address_of(student(line, login.lower()))
    assert f"{local}@{domain}" not in f"{opened!r} {opened}"


@settings(deadline=None)
@given(logins, logins)
def test_nobody_uses_a_line_that_was_sealed_for_another(one, other):
    if one.casefold() == other.casefold():
        return
    line = seal(one, MAILBOX, PAIR.public_key)
    assert "for another login" in refused(line, other)


@settings(deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda it: base64.b64encode(it).decode()))
def test_garbage_is_refused_and_not_told(text):
    line = "age:" + "".join(text.split())
    if line != "age:":
        assert "cannot be opened" in refused(line)


@settings(deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_line_with_any_byte_changed_opens_nothing_else(place, change):
    line = seal("ada-example", MAILBOX, PAIR.public_key)
    raw = bytearray(base64.b64decode(line.removeprefix("age:")))
    raw[int(place * len(raw))] ^= change
    assert "cannot be opened" in refused("age:" + base64.b64encode(raw).decode())


@pytest.mark.parametrize(
    "plain",
    [
        f"ada-example {MAILBOX}\nada-example evil@example.org",
        f"ada-example\n{MAILBOX}",
        f"ada-example {MAILBOX}\r\n",
        f"ada-example {MAILBOX}\u2028",
        "ada-example",
        "ada-example ",
        "",
        "\n",
        b"ada-example \xff\xfe@reader.example.org",
        f"ada-example\t{MAILBOX}",
        f"ada-example {MAILBOX}\0",
    ],
)
def test_what_is_not_one_line_of_login_and_address_is_refused(plain):
    assert "cannot be opened" in refused(closed(plain))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("private", "no e-mail address"),
        (f"{MAILBOX} {MAILBOX}", "no e-mail address"),
        (f"{MAILBOX},{MAILBOX}", "no e-mail address"),
        ("jörg.private@reader.example.org", "letters before the @"),
    ],
)
def test_a_sealed_text_that_is_no_address_is_refused(written, why):
    assert why in refused(closed(f"ada-example {written}"))


def test_a_line_made_by_hand_may_end_its_line():
    opened = book().address_of(student(closed(f"ada-example {MAILBOX}\n")))
    assert opened.mailbox == MAILBOX


def test_a_line_for_another_key_is_refused():
    assert "cannot be opened" in refused(seal("ada-example", MAILBOX, OTHER.public_key))


def test_sealing_anew_gives_another_line_and_the_same_address():
    first, second = (seal("ada-example", MAILBOX, PAIR.public_key) for _ in range(2))
    assert first != second
    assert book().address_of(student(first)) == book().address_of(student(second))


def test_fingerprint_and_code_follow_from_login_address_and_key():
    line = seal("ada-example", MAILBOX, PAIR.public_key)
    address = book().address_of(student(line))
    moved = book().address_of(student(seal("ada-example", "zoe@b.example.org", PAIR.public_key)))
    hers = book().address_of(student(seal("zoe", MAILBOX, PAIR.public_key), "zoe"))
    other_line = seal("ada-example", MAILBOX, OTHER.public_key)
    elsewhere = book(OTHER.identity).address_of(student(other_line))
    everybody = (address, moved, hers, elsewhere)
    assert len({one.id for one in everybody}) == 4
    assert len({one.code for one in everybody}) == 4


def test_each_address_is_masked_before_anything_can_be_told_of_it():
    masked: list[str] = []
    book(masked=masked).address_of(student(closed("ada-example zoe@bücher.example")))
    assert masked == ["zoe@bücher.example", "zoe@xn--bcher-kva.example"]
    masked.clear()
    refused(closed(f"someone-else {MAILBOX}"), masked=masked)
    refused(closed("ada-example private"), masked=masked)
    assert masked == [MAILBOX, "private"]


def test_a_student_without_an_address_is_told():
    with pytest.raises(StudentsFailed, match="ada-example"):
        book().address_of(student(None))


@pytest.mark.parametrize("key", [None, "", "AGE-SECRET-KEY-1X", "age1x", "# only words"])
def test_a_key_that_opens_nothing_is_an_error_of_the_configuration(key):
    with pytest.raises(ConfigurationError, match="FOOTHOLD_KEY") as caught:
        SealedAddresses(key, None, print)
    assert "SECRET-KEY-1X" not in all_text(caught.value)


def test_a_whole_file_of_age_keygen_is_a_key():
    text = f"# created: 2026-11-29\n# public key: {PAIR.public_key}\n{PAIR.identity}\n"
    line = seal("ada-example", MAILBOX, PAIR.public_key)
    assert book(text).address_of(student(line)) == book().address_of(student(line))


def test_keys_that_do_not_belong_together_are_told_before_any_student():
    with pytest.raises(ConfigurationError, match="does not belong"):
        SealedAddresses(PAIR.identity, OTHER.public_key, print)
    SealedAddresses(PAIR.identity, PAIR.public_key, print)


def test_a_pair_shows_its_public_half_only():
    assert PAIR.public_key in repr(PAIR)
    assert PAIR.identity not in repr(PAIR)


def test_a_public_key_that_is_none_and_an_address_that_is_none_are_told_apart():
    with pytest.raises(ConfigurationError, match="public_key"):
        seal("ada-example", MAILBOX, "age1xx")
    with pytest.raises(ValueError, match="no e-mail address"):
        seal("ada-example", "private", PAIR.public_key)
