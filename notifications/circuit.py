"""When a provider that fails is passed over, and when it is tried again."""

import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

FAILURES = 3
WITHIN = 60.0
"""Seconds. `FAILURES` failures within this time open the circuit."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds until the provider is probed. Each failed probe doubles the pause."""
JITTER = 0.2
"""Pauses differ by up to this share, so that several processes do not probe at once."""


@dataclass
class Circuit:
    """Closed while a provider works, open while it is passed over. After a pause, one message at a time probes it."""

    clock: Callable[[], float] = time.monotonic
    chance: random.Random = field(default_factory=random.SystemRandom)
    _failures: deque[float] = field(default_factory=lambda: deque(maxlen=FAILURES))
    _pause: float = 0.0
    """Seconds, before jitter, for which the circuit opened last; 0 while it is closed."""
    _open_until: float = 0.0
    _probing: bool = False

    @property
    def closed(self) -> bool:
        """Whether the provider is in normal use."""
        return self._pause == 0.0

    def begin(self) -> bool:
        """Whether the provider may be tried now. If so, the caller ends with one of the three methods below."""
        if self.closed:
            return True
        if self._probing or self.clock() < self._open_until:
            return False
        self._probing = True
        return True

    def succeeded(self) -> None:
        """Notes that the provider answered."""
        self._failures.clear()
        self._pause, self._probing = 0.0, False

    def failed(self) -> None:
        """Notes that the provider was unavailable."""
        now = self.clock()
        if not self.closed:
            # A send that began before the circuit opened fails late and says nothing new.
            if self._probing:
                self._open(now, min(self._pause * 2, LONGEST_PAUSE))
            return
        self._failures.append(now)
        if len(self._failures) == FAILURES and now - self._failures[0] <= WITHIN:
            self._open(now, FIRST_PAUSE)

    def gave_up(self) -> None:
        """Notes that the try was cancelled. Nothing is known, so another one may probe."""
        self._probing = False

    def _open(self, now: float, pause: float) -> None:
        self._pause, self._probing = pause, False
        self._open_until = now + pause * self.chance.uniform(1 - JITTER, 1 + JITTER)
