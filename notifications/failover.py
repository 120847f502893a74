"""Several providers of one channel: if one is unavailable, the next one sends at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from notifications.channel import Channel, Envelope, ProviderUnavailable, Receipt, SendingFailed
from notifications.circuit import Circuit

_log = structlog.get_logger(__name__)


class FailoverChannel:
    """Tries its providers in order, within one send.

    The next provider is tried only after `ProviderUnavailable`, which says that nothing was handed over. After any
    other failure, a second provider could deliver the message a second time.
    """

    def __init__(self, providers: Mapping[str, Channel], *, circuit: Callable[[], Circuit] = Circuit) -> None:
        self.providers = dict(providers)
        self.circuits = {name: circuit() for name in self.providers}

    async def send(self, envelope: Envelope) -> Receipt:
        """The receipt of the first provider that accepts it. Raises `ProviderUnavailable` if all are unavailable."""
        away = []
        for name, provider in self.providers.items():
            circuit = self.circuits[name]
            if not circuit.begin():
                away.append(f"{name}: passed over at present")
                continue
            try:
                return await self._tried(name, provider, envelope)
            except ProviderUnavailable as failure:
                away.append(f"{name}: {failure.answer}")
        raise ProviderUnavailable("; ".join(away))

    async def close(self) -> None:
        """Closes all providers."""
        for provider in self.providers.values():
            await provider.close()

    async def _tried(self, name: str, provider: Channel, envelope: Envelope) -> Receipt:
        circuit = self.circuits[name]
        heard = False
        try:
            receipt = await provider.send(envelope)
            heard = self._heard(name, works=True)
        except ProviderUnavailable:
            heard = self._heard(name, works=False)
            raise
        except SendingFailed as failure:
            heard = self._heard(name, works=True)
            failure.provider = failure.provider or name
            raise
        finally:
            if not heard:
                circuit.gave_up()
        return receipt if receipt.provider else replace(receipt, provider=name)

    def _heard(self, name: str, *, works: bool) -> bool:
        """Tells the circuit, and logs it if the circuit closes or opens; always true."""
        circuit = self.circuits[name]
        was_closed = circuit.closed
        if works:
            circuit.succeeded()
        else:
            circuit.failed()
        if circuit.closed != was_closed:
            _log.warning("provider_back" if circuit.closed else "provider_passed_over", provider=name)
        return True
