"""The matrix kind × channel of one person: its cells, and the changes that are allowed. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from notifications.kinds import Kind, is_locked, is_wanted
from service.preferences.wording import lock_reason
from service.problems import FieldError
from store.message.channels import ChannelName
from translations import mark as _

TWICE = _("This kind and channel stand in the list twice.")
MISSING = _(
    "The matrix is not whole: {kind} by {channel} is missing. Send all, or change single ones by PATCH."
)

Place = tuple[Kind, ChannelName]


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether a kind of notice goes through a channel, and why."""

    kind: Kind
    channel: ChannelName
    wanted: bool
    default: bool
    locked: bool


def matrix(chosen: Mapping[tuple[str, ChannelName], bool]) -> Iterator[Cell]:
    """All cells, kind by kind, from the choices of a person."""
    for kind in Kind:
        for channel in ChannelName:
            preferred = chosen.get((kind.value, channel))
            yield Cell(
                kind=kind,
                channel=channel,
                wanted=is_wanted(kind, channel, preferred),
                default=is_wanted(kind, channel, None),
                locked=is_locked(kind, channel),
            )


def mistakes(cells: Sequence[tuple[Place, bool]], *, whole: bool) -> list[FieldError]:
    """The mistakes in a list of wishes, cell by cell; ``whole`` requires every cell of the matrix."""
    found = []
    seen: set[Place] = set()
    for number, (place, wanted) in enumerate(cells):
        if place in seen:
            found.append(FieldError(f"/cells/{number}", TWICE))
        if not wanted and is_locked(*place):
            found.append(FieldError(f"/cells/{number}/wanted", lock_reason(*place)))
        seen.add(place)
    if whole:
        found += [
            FieldError("/cells", MISSING, {"kind": kind.value, "channel": channel.value})
            for kind in Kind
            for channel in ChannelName
            if (kind, channel) not in seen
        ]
    return found


def changes(
    cells: Sequence[tuple[Place, bool]], chosen: Mapping[tuple[str, ChannelName], bool]
) -> dict[tuple[str, ChannelName], bool]:
    """The wishes that differ from the present matrix. Other cells are not stored and keep their default."""
    present = {(cell.kind, cell.channel): cell.wanted for cell in matrix(chosen)}
    return {
        (kind.value, channel): wanted for (kind, channel), wanted in cells if wanted != present[kind, channel]
    }
