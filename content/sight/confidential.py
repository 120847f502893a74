"""Confidential notes: counselling stays between the two who are in it (PP 30/2019 art 32)."""


def sees_confidential(author: str, employee: str, reader: str, rater: str | None = None) -> bool:
    """Whether a person sees a confidential note; all are ids of people.

    Its author and the employee do. Of a note that the employee wrote himself the other one is the rater to whom he
    wrote it: ``rater`` is who that was at the time, never a later one.
    """
    return reader in {author, employee} or (author == employee and reader == rater)
