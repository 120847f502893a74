"""Which notices lie in an inbox, and which of them are unseen: the conditions of two indexes, word for word."""

from sqlmodel import col

from store.constant import constant
from store.message.table import NoticeRow

IN_INBOX = col(NoticeRow.channel) == constant("inbox")
UNSEEN = col(NoticeRow.state) == constant("delivered")
