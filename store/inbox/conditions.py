"""Which notices lie in an inbox, and which of them nobody has seen.

The values stand in the statement itself, as they do in the conditions of the indexes ``ix_notice_inbox`` and
``ix_notice_unseen``: with parameters in their place a plan that is kept could not use those.
"""

from sqlalchemy import literal_column
from sqlmodel import col

from store.message.notice_table import NoticeRow

IN_INBOX = col(NoticeRow.channel) == literal_column("'inbox'")
UNSEEN = col(NoticeRow.state) == literal_column("'delivered'")
