"""The agency's own gateway, which gets each message in a signed call (Standard Webhooks)."""

import datetime as dt
import json
import time
from typing import Any

from notifications.channel import Envelope, PermanentFailure, Receipt, TemporaryFailure
from notifications.http_provider import HttpProvider
from notifications.rehearsing import refuse_real_address
from notifications.standard_webhooks import key_of, sign

NAME = "webhook"
TYPE = "kinerja.message"


class WebhookChannel:
    """Posts each message. Every attempt has the same ``webhook-id``, so the gateway can recognise a repetition."""

    def __init__(self, url: str, secret: str, *, provider: HttpProvider | None = None) -> None:
        self._url = url
        self._key = key_of(secret)
        self._provider = provider or HttpProvider(NAME)

    async def send(self, envelope: Envelope) -> Receipt:
        """Returns when the gateway has answered 2xx."""
        refuse_real_address(envelope)
        if not envelope.address:
            raise PermanentFailure("no address is known", reason="no_address", provider=NAME)
        now = time.time()
        content = json.dumps(_content(envelope, now), ensure_ascii=False).encode()
        identifier, timestamp = str(envelope.id), int(now)
        answer = await self._provider.post(
            self._url,
            content,
            {
                "webhook-id": identifier,
                "webhook-timestamp": str(timestamp),
                "webhook-signature": sign(self._key, identifier, timestamp, content),
            },
        )
        if answer.status == 429 or answer.status >= 500:
            raise TemporaryFailure(answer.told(), provider=NAME)
        if answer.status >= 300:
            # 410 Gone: the gateway says that this address wants no more messages.
            gone = answer.status == 410
            reason = "bad_address" if gone else "refused"
            raise PermanentFailure(answer.told(), reason=reason, provider=NAME, bad_address=gone)
        return Receipt(f"HTTP {answer.status}", dt.datetime.now(dt.UTC), NAME, identifier)

    async def close(self) -> None:
        """Closes the connections."""
        await self._provider.close()


def _content(envelope: Envelope, now: float) -> dict[str, Any]:
    message = envelope.message
    return {
        "type": TYPE,
        "timestamp": dt.datetime.fromtimestamp(now, dt.UTC).isoformat(),
        "data": {
            "id": str(envelope.id),
            "address": envelope.address,
            "locale": message.locale.value,
            "subject": message.subject,
            "text": message.text,
            "link": message.link,
            "rehearsal": envelope.rehearsal,
        },
    }
