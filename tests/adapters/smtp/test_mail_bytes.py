"""What leaves the machine, byte by byte: heads that nobody mistakes, bodies that arrive whole."""

import re
from email import message_from_bytes, policy
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.mail_address import ascii_address, read_mailbox
from bot.adapters.mail_message import compose_digest, compose_request, make_frame
from bot.consent import ConsentRequest
from bot.errors import ConfigurationError
from bot.rendering.confirmation import Invitation, render_confirmation
from tests.adapters.smtp.sink import Sink
from tests.adapters.smtp.steps import (
    AT,
    KEY,
    WEEK,
    address_of,
    channel_to,
    club,
    frame,
    mailbox_of,
    message,
)

EXACT = ("List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "List-Id", "To")


def compose(changes=None, **parts):
    login = parts.get("login", "ada-example")
    return compose_digest(message(**parts), address_of(login), frame(**(changes or {})), AT)


def head(content: bytes) -> dict[str, str]:
    """The raw header lines by name, unfolded; a line that is no header fails."""
    raw = content.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = re.sub(r"\r\n(?=[ \t])", "", raw).split("\r\n")
    pairs = [line.partition(": ") for line in lines]
    assert all(re.fullmatch(r"[A-Za-z-]+", name) for name, _, _ in pairs)
    assert len({name for name, _, _ in pairs}) == len(pairs)
    return {name: value for name, _, value in pairs}


def test_the_head_says_who_writes_to_whom_and_how_to_end_it():
    found = head(compose().content)
    content_type = found.pop("Content-Type")
    assert found == {
        "From": '"Campus Club" <digest@club.example.org>',
        "Reply-To": '"Grace" <officer@club.example.org>',
        "To": mailbox_of("ada-example"),
        "Subject": "Ada, 5 issues for you",
        "Date": "Sun, 29 Nov 2026 05:23:00 +0000",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Message-ID": compose().message_id,
        "List-Id": '"Campus Open Source Club" <digest.club.example.org>',
        "Precedence": "bulk",
        "List-Unsubscribe": "<mailto:officer@club.example.org?subject=unsubscribe%20ada-example>",
        "MIME-Version": "1.0",
    }
    assert content_type.startswith("multipart/alternative;")


def test_a_message_id_is_the_same_for_a_reader_and_a_week_and_for_nobody_else():
    first = compose().message_id
    assert re.fullmatch(rf"<{WEEK}\.[0-9a-f]{{16}}@club\.example\.org>", first)
    assert compose(title="Other", text="other").message_id == first
    assert compose(login="ADA-example").message_id == first
    others = {
        compose(login="ben-example").message_id,
        compose(week="2026-W49").message_id,
        compose_digest(
            message(), address_of("ada-example"), make_frame(club(), KEY + "2"), AT
        ).message_id,
    }
    assert first not in others
    assert len(others) == 3


def test_the_same_mail_is_the_same_bytes():
    assert compose().content == compose().content


def test_one_click_is_promised_only_with_an_endpoint_and_names_the_reader():
    url = "https://leave.example.org/stop?club=1&x=a,b#part"
    found = head(compose({"unsubscribe_url": url}).content)
    by_mail, by_click = found["List-Unsubscribe"].split(", ")
    assert by_mail.startswith("<mailto:")
    assert re.fullmatch(
        r"<https://leave\.example\.org/stop\?club=1&x=a%2Cb&student=ada-example&proof=\w{16}>",
        by_click,
    )
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    other = head(compose({"unsubscribe_url": url}, login="ben-example").content)
    assert other["List-Unsubscribe"].partition("proof=")[2] != by_click.partition("proof=")[2]
    assert "List-Unsubscribe-Post" not in head(compose().content)


def test_long_and_foreign_heads_are_neither_folded_nor_encoded_where_readers_need_them_whole():
    changes = {
        "name": "Clúb de Código Abierto, Recinto de Río Piedras: «libre» <x>",
        "sender": "Clúb, el grande <digest@correo-de-la-universidad-grande.bücher.example>",
        "reply_to": "Ñandú <la.persona.que.lee.las.respuestas@bücher.example>",
        "unsubscribe_url": "https://leave.example.org/" + "a" * 300,
    }
    mail = compose(changes)
    lines = mail.content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    for name in EXACT:
        (line,) = [line for line in lines if line.startswith(f"{name}: ".encode())]
        assert name == "List-Id" or b"=?" not in line
        assert len(line) <= 998
    assert b"xn--bcher-kva.example" in mail.content
    assert mail.content.isascii()
    found = head(mail.content)
    assert found["List-Id"].endswith(
        " <digest.correo-de-la-universidad-grande.xn--bcher-kva.example>"
    )
    for name in ("From", "Reply-To"):
        assert len(getaddresses([found[name]])) == 1
    words = re.findall(r"=\?[^?]*\?[^?]*\?[^?]*\?=", mail.content.decode())
    assert words
    assert max(map(len, words)) <= 75
    parsed = message_from_bytes(mail.content, policy=policy.default)
    assert parsed["From"].addresses[0].display_name == "Clúb, el grande"


hostile = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from('\r\n\0\x0b\x0c\x1c\x85\u2028\u2029"\\<>@,;:()=?é漢👩‍💻 '),
    ),
    min_size=1,
    max_size=90,
)


@settings(deadline=None, max_examples=50)
@given(hostile, hostile)
def test_no_title_and_no_name_adds_a_header_or_a_recipient(title, name):
    quiet = {key: value for key, value in head(compose().content).items() if key != "Content-Type"}
    made = make_frame(club(), KEY)
    named = type(made)(
        name + "\r\nBcc: evil@example.org",
        type(made.sender)(name + "\r\nBcc: evil@example.org", made.sender.address),
        made.reply_to,
        KEY,
    )
    injected = f"{title}\r\nBcc: evil@example.org"
    mail = compose_digest(message(title=injected), address_of("ada-example"), named, AT)
    found = head(mail.content)
    assert set(found) - {"Content-Type"} == set(quiet)
    assert found["To"] == quiet["To"]
    assert mail.content.partition(b"\r\n\r\n")[0].isascii()
    senders = getaddresses([found["From"]])
    assert [address for _, address in senders] == ["digest@club.example.org"]


def test_both_bodies_arrive_as_they_were_written_the_plain_one_first():
    with Sink() as sink, channel_to(sink) as channel:
        channel.deliver(message())
    parsed = message_from_bytes(sink.accepted[0].content, policy=policy.default)
    plain, rich = parsed.iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n") == message().text
    assert rich.get_content().replace("\r\n", "\n") == message().html
    assert max(map(len, sink.accepted[0].content.split(b"\r\n"))) <= 998
    assert sink.accepted[0].content.isascii()


def test_the_mail_that_asks_belongs_to_no_list_and_goes_through_the_same_line():
    address = address_of("ada-example")
    letter = render_confirmation(Invitation("ada-example", "Ada", "The Club", address.code))
    request = ConsentRequest("ada-example", address, letter)
    with Sink() as sink, channel_to(sink) as channel:
        channel.ask(request)
        channel.deliver(message())
    asked, digest = sink.accepted
    found = head(asked.content)
    assert sink.n_connections == 1
    assert asked.recipient == address.mailbox
    assert found["Auto-Submitted"] == "auto-generated"
    assert not [name for name in found if name.startswith("List-")]
    assert found["Message-ID"] == compose_request(request, frame(), AT).message_id
    assert found["Message-ID"] != digest.message_id
    assert address.code in asked.content.decode()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        (" Ada.L+x@EXAMPLE.org ", "Ada.L+x@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@日本.example", "ada@xn--wgv71a.example"),
    ],
)
def test_an_address_is_written_as_servers_know_it(text, address):
    assert ascii_address(text) == address


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("jörg@example.org", "letters before the @"),
        ("zoe", "no e-mail address"),
        ("zoe@", "no e-mail address"),
        ("@zoe.example", "no e-mail address"),
        ("a b@example.org", "no e-mail address"),
        ("zoe@example.org,ben@example.org", "no e-mail address"),
        ("Zoe <zoe@example.org>", "no e-mail address"),
        ("zoe@example.org\r\nRCPT TO:<ben@example.org>", "no e-mail address"),
        ("zoe@[127.0.0.1]", "no e-mail address"),
        ("zoe@localhost", "no e-mail address"),
        ('"a b"@example.org', "no e-mail address"),
    ],
)
def test_what_is_no_address_is_refused_without_a_word_of_it(text, why):
    with pytest.raises(ValueError, match=why) as caught:
        ascii_address(text)
    assert text not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_sender_that_cannot_stand_in_a_mail_is_told_by_its_key():
    with pytest.raises(ConfigurationError, match="`sender`"):
        read_mailbox("Club <jörg@example.org>", "sender")
    with pytest.raises(ConfigurationError, match="unsubscribe_url"):
        frame(unsubscribe_url="https://localhost:8443/x")
    with pytest.raises(ConfigurationError, match="reply_to"):
        make_frame(club(reply_to=None), KEY)
