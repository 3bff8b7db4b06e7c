"""A rendered digest, which a channel carries."""

from dataclasses import dataclass

from bot.rendering.marker import parse_marker


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

    @property
    def sha(self) -> str:
        """The fingerprint of its content, as its marker says it; empty without a marker."""
        marker = parse_marker(self.markdown)
        return marker.sha if marker else ""
