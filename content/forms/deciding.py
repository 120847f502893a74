"""The form of a rating as whoever decides an objection fills it in."""

from content.forms.form import Form, NotedCheck


def decided_on(form: Form) -> Form:
    """The form without what its rater had to note before.

    The officer who decides has noted nothing and can add nothing, and what the rater withdraws must not keep him from
    deciding within his term (PP 30/2019 art 59(3)).
    """
    checks = tuple(check for check in form.checks if not isinstance(check, NotedCheck))
    return form if checks == form.checks else form.model_copy(update={"checks": checks})
