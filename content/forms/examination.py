"""One examination of a filled form: what it is checked against, and the mistakes found so far."""

from dataclasses import dataclass, field
from functools import cached_property

from content.forms.context import FormContext
from content.forms.fields import Source
from content.forms.ids import RowIds
from content.forms.items import items_of
from content.forms.mistakes import Mistake, Path, Reason
from content.rules import ContentRules


@dataclass
class Examination:
    """Collects mistakes. It lives for one call of `content.forms.checking.check`."""

    rules: ContentRules
    context: FormContext
    ids: RowIds
    mistakes: list[Mistake] = field(default_factory=list)

    def note(self, path: Path, reason: Reason, **parameters: str) -> None:
        """Put a mistake on the list."""
        self.mistakes.append(Mistake(path, reason, parameters))

    def items(self, source: Source) -> tuple[str, ...]:
        """The ids of a source."""
        return self._items[source]

    @cached_property
    def _items(self) -> dict[Source, tuple[str, ...]]:
        return {source: items_of(source, self.rules, self.context) for source in Source}

    def has(self, source: Source, item: str) -> bool:
        """Whether the source has an item of this id."""
        return item in self._members[source]

    @cached_property
    def _members(self) -> dict[Source, frozenset[str]]:
        return {source: frozenset(items) for source, items in self._items.items()}
