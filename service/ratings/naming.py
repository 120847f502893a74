"""How the parts of a working are called: steps of scales, components, rows of the plan, periods."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from content.forms.fields import Source
from content.rating.rules import MatrixMethod, NumericMethod
from content.rules import ContentRules
from service.filled.titles import Titles
from service.filled.values import label_of, number
from service.ratings.wording import number_name
from service.wording import in_words
from translations import Locale


@dataclass(frozen=True, slots=True)
class Names:
    """Names in the reader's language. What nobody has named is called as the data calls it."""

    rules: ContentRules
    titles: Titles
    locale: Locale
    others: Mapping[str, str] = field(default_factory=dict)
    """Names of what only the caller knows: of periods by the ids of their cases."""

    def step(self, name: str | None, scale: str | None) -> str | None:
        """A step of a scale; None for none."""
        if name is None:
            return None
        return (None if scale is None else label_of(self.rules, scale, name, self.locale)) or name

    def predicate(self, name: str) -> str:
        """A predicate."""
        return self.step(name, None if self.rules.rating is None else self.rules.rating.predicates) or name

    @property
    def rating_scale(self) -> str | None:
        """The scale on which results and behaviour are rated, where the method has one."""
        method = None if self.rules.rating is None else self.rules.rating.method
        return method.scale if isinstance(method, MatrixMethod) else None

    def label(self, name: str) -> str:
        """The name of a value of a step."""
        return number_name(name, self.locale) or self._known(name) or name

    def value(self, name: str, value: float | str) -> str:
        """A value of a step; ``name`` tells what kind of thing it is."""
        if not isinstance(value, str):
            return number(value, self.locale)
        source = {"indicator": Source.INDICATORS, "result": Source.RESULTS}.get(name)
        return self.titles.title(source, value) if source else self._known(value) or value

    def _known(self, name: str) -> str | None:
        if name in self.others:
            return self.others[name]
        rating = self.rules.rating
        if rating is None:
            return None
        parts = rating.method.components if isinstance(rating.method, NumericMethod) else ()
        labels = {each.name: each.label for each in (*parts, *rating.apart)}
        if name in labels:
            return in_words(labels[name], self.locale)
        scales = (rating.predicates, self.rating_scale, *(each.scale for each in rating.apart))
        found = (label_of(self.rules, scale, name, self.locale) for scale in scales if scale is not None)
        return next((label for label in found if label is not None), None)
