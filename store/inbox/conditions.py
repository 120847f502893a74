"""Which notices lie in an inbox, and which of them nobody has seen: the conditions of two indexes, in their words."""

from sqlmodel import col

from store.constant import constant
from store.message.table import NoticeRow

IN_INBOX = col(NoticeRow.channel) == constant("inbox")
UNSEEN = col(NoticeRow.state) == constant("delivered")
