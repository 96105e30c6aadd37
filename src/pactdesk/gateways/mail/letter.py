"""A letter: who, about what, the words, and files with it."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, parseaddr


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    content: bytes
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address.

    key   the same for every attempt, so that a receiver can tell a repetition by its Message-ID
    """

    to: str
    subject: str
    text: str
    key: str
    attachments: tuple[Attachment, ...] = ()


def to_message(letter: Letter, sender: str) -> EmailMessage:
    """The letter as it goes over the wire.

    >>> letter = Letter("li@example.test", "您好", "正文", "k-1")
    >>> to_message(letter, "Pactdesk <desk@example.test>")["Message-ID"]
    '<k-1@example.test>'
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{letter.key}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    # So that no holiday notice answers a machine.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    for each in letter.attachments:
        main, _, sub = each.media_type.partition("/")
        message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.name)
    return message
