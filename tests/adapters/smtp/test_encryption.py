"""Mail is encrypted on its way or not sent: TLS, STARTTLS, log-ins, certificates."""

import ssl

import pytest
import trustme

from bot.adapters.smtp_server import Security, SmtpServer
from bot.errors import ChannelStopped
from tests.adapters.smtp.sink import Sink
from tests.adapters.smtp.steps import all_text, channel_to, message

USER, PASSWORD = "club-user", "pass-word/@1"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def served(authority: trustme.CA) -> ssl.SSLContext:
    """What the sink shows: a certificate for this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def server_of(sink: Sink, security: Security, user: str = "", password: str = "") -> SmtpServer:
    return SmtpServer(sink.host, sink.port, security, user, password)


def stopped(sink: Sink, server: SmtpServer, context: ssl.SSLContext | None = None) -> str:
    """Why the channel stops, and that it says so without secrets and without a second try."""
    with channel_to(sink, server=server, context=context) as channel:
        with pytest.raises(ChannelStopped) as caught:
            channel.deliver(message())
        n_connections = sink.n_connections
        with pytest.raises(ChannelStopped) as again:
            channel.deliver(message("ben-example"))
    assert sink.n_connections == n_connections
    assert again.value.message == caught.value.message
    assert sink.accepted == []
    told = all_text(caught.value)
    assert PASSWORD not in told
    assert "wrong-pass" not in told
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value.message


@pytest.mark.parametrize("is_late", [False, True])
def test_mail_goes_encrypted_and_logged_in(served, trusting, is_late):
    security = Security.STARTTLS if is_late else Security.TLS
    with Sink(context=served, starttls=is_late, logins={USER: PASSWORD}) as sink:
        server = server_of(sink, security, USER, PASSWORD)
        with channel_to(sink, server=server, context=trusting) as channel:
            channel.deliver(message())
            channel.deliver(message("ben-example"))
        assert len(sink.accepted) == 2
        assert sink.n_connections == 1


@pytest.mark.parametrize("is_late", [False, True])
def test_a_certificate_that_nobody_vouches_for_is_refused(served, is_late):
    security = Security.STARTTLS if is_late else Security.TLS
    with Sink(context=served, starttls=is_late) as sink:
        assert "certificate" in stopped(sink, server_of(sink, security))


def test_a_certificate_for_another_name_is_refused(authority, trusting):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("mail.example.org").configure_cert(context)
    with Sink(context=context) as sink:
        assert "certificate" in stopped(sink, server_of(sink, Security.TLS), trusting)


def test_a_server_without_starttls_gets_no_mail_and_no_password(trusting):
    with Sink(logins={USER: PASSWORD}) as sink:
        server = server_of(sink, Security.STARTTLS, USER, PASSWORD)
        assert "offers no STARTTLS" in stopped(sink, server, trusting)
        assert sink.commands["MAIL"] == 0


def test_a_plain_server_cannot_be_spoken_to_in_tls(trusting):
    with Sink() as sink:
        stopped(sink, server_of(sink, Security.TLS), trusting)


def test_a_wrong_password_stops_the_channel_with_the_code_alone():
    with Sink(logins={USER: PASSWORD}) as sink:
        server = server_of(sink, Security.NONE, USER, "wrong-pass")
        assert "refused the login (535 5.7.8)" in stopped(sink, server)


def test_a_server_that_knows_no_login_stops_the_channel():
    with Sink() as sink:
        assert "no login" in stopped(sink, server_of(sink, Security.NONE, USER, PASSWORD))


def test_a_server_that_wants_a_login_and_gets_none_stops_the_channel():
    with Sink(logins={USER: PASSWORD}) as sink:
        assert "530 5.7.0" in stopped(sink, server_of(sink, Security.NONE))


def test_a_server_that_is_not_there_stops_the_channel():
    with Sink() as sink:
        server = server_of(sink, Security.NONE)
    assert f"{server} cannot be reached" in stopped(sink, server)
