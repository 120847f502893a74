"""Whether words stand in the name of a post."""

import re
from collections.abc import Iterable


def longest_in(words: Iterable[str], post: str) -> int:
    """The length of the longest of these words that stand in the name of a post as whole words; 0 for none.

    The longest say most: *kepala tata usaha* says more than *kepala*.
    """
    name = _spaced(post)
    return max((len(each) for each in words if _spaced(each) in name), default=0)


def _spaced(text: str) -> str:
    """The words with one blank around each, so that whole words are found and parts of words are not."""
    words = " ".join(re.findall(r"\w+", text.lower()))
    return f" {words} "
