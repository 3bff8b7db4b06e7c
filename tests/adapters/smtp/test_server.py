"""What FOOTHOLD_SMTP may say, and that nobody repeats its password."""

import pytest

from bot.adapters.smtp_server import Security, SmtpServer, parse_smtp
from bot.errors import ConfigurationError
from bot.settings import read_settings
from tests.adapters.smtp.steps import all_text


@pytest.mark.parametrize(
    ("text", "server"),
    [
        (
            "smtps://user:pass@mail.example.org:465",
            SmtpServer("mail.example.org", 465, Security.TLS, "user", "pass"),
        ),
        (
            "smtp+starttls://u%40x.org:p%2F%23%3A%20%25@mail.example.org",
            SmtpServer("mail.example.org", 587, Security.STARTTLS, "u@x.org", "p/#: %"),
        ),
        ("SMTPS://mail.example.org/", SmtpServer("mail.example.org", 465, Security.TLS)),
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525, Security.NONE)),
        ("smtp://[::1]:2525", SmtpServer("::1", 2525, Security.NONE)),
        ("smtp://localhost", SmtpServer("localhost", 25, Security.NONE)),
    ],
)
def test_the_three_shapes_are_read(text, server):
    assert parse_smtp(text) == server


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "hunter2",
        "smtps://",
        "smtps://user:hunter2@",
        "https://user:hunter2@mail.example.org",
        "smtp://user:hunter2@mail.example.org",
        "smtp://user:hunter2@127.0.0.1.example.org",
        "smtps://user:hunter2@mail.example.org:99999",
        "smtps://user:hunter2@mail.example.org:0",
        "smtps://user:hunter2@mail.example.org/inbox",
        "smtps://user:hunter2@mail.example.org?x=1",
        "smtps://user:hunter2@mail.example.org#x",
        "smtps://user:hunter2#x@mail.example.org:465",
        "smtps://user:hunter2/x@mail.example.org",
        "smtps://user@mail.example.org",
        "smtps://:hunter2@mail.example.org",
        "smtps://user:hunter2%00@mail.example.org",
        "smtps://user:hunter2%0d%0a@mail.example.org",
        "smtps://user:hunter2é@mail.example.org",
        "smtps://user:hunter2 @mail.example.org",
        "smtps://user:hunter2\n@mail.example.org",
        "smtps://user:hunter2@mail..example.org",
        "smtps://[user:hunter2@mail.example.org",
    ],
)
def test_anything_else_is_refused_without_a_word_of_it(text):
    with pytest.raises(ConfigurationError) as caught:
        parse_smtp(text)
    assert "FOOTHOLD_SMTP" in caught.value.message
    assert "hunter2" not in all_text(caught.value)


def test_neither_the_server_nor_the_settings_show_secrets():
    server = parse_smtp("smtps://user-x:hunter2@mail.example.org")
    settings = read_settings(
        {
            "FOOTHOLD_SMTP": " smtps://user-x:hunter2@mail.example.org ",
            "FOOTHOLD_KEY": "AGE-SECRET-KEY-1X",
        }
    )
    assert settings.smtp == "smtps://user-x:hunter2@mail.example.org"
    assert settings.key == "AGE-SECRET-KEY-1X"
    told = f"{server} {server!r} {settings!r}"
    assert not [one for one in ("hunter2", "user-x", "SECRET") if one in told]
    assert str(server) == "mail.example.org:465"
