"""A rendered digest, which a channel carries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One digest, rendered for every channel; a channel takes the parts that it can carry."""

    week: str
    login: str
    title: str
    markdown: str
    html: str
    text: str
    json: str
