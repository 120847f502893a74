"""Steps of scales and the numbers that SIASN knows them by, in both directions. There 1 is the best step."""

from dataclasses import dataclass

from content.rating.outcome import Outcome
from content.rating.rules import MatrixMethod
from content.rules import ContentRules
from content.scales import Scale


class NotExchangeable(ValueError):
    """A step without a number in the exchange, or a number without a step."""


@dataclass(frozen=True, slots=True)
class SiasnCodes:
    """The three numbers of ``skp22/save``."""

    results: int
    """``hasilKinerjaNilai``"""
    behaviour: int
    """``perilakuKerjaNilai``"""
    predicate: int
    """``kuadranKinerjaNilai``"""


def siasn_code(scale: Scale, name: str) -> int:
    """The number of a step. Raises `NotExchangeable` if the scale gives it none."""
    for step in scale.steps:
        if step.name == name and step.code is not None:
            return step.code
    raise NotExchangeable(name)


def step_of_siasn_code(scale: Scale, code: int) -> str:
    """The step of a number. Raises `NotExchangeable` if no step of the scale has it."""
    for step in scale.steps:
        if step.code == code:
            return step.name
    raise NotExchangeable(str(code))


def siasn_codes(rules: ContentRules, outcome: Outcome) -> SiasnCodes:
    """The numbers of an outcome. Raises `NotExchangeable` for a method without two ratings."""
    method = None if rules.rating is None else rules.rating.method
    if rules.rating is None or not isinstance(method, MatrixMethod):
        raise NotExchangeable("method")
    if outcome.results is None or outcome.behaviour is None:
        raise NotExchangeable("outcome")
    scale = rules.scales[method.scale]
    return SiasnCodes(
        siasn_code(scale, outcome.results),
        siasn_code(scale, outcome.behaviour),
        siasn_code(rules.scales[rules.rating.predicates], outcome.predicate),
    )
