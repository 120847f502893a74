import datetime as dt

from service.answer import Answer


class MailLine(Answer):
    """A message in the local mailbox."""

    id: str
    sender: str
    to: list[str]
    subject: str
    date: dt.datetime
    text: str


class MailList(Answer):
    """The newest messages first."""

    items: list[MailLine]
