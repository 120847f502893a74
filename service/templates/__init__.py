"""The templates of messages, shown before anybody gets one."""
