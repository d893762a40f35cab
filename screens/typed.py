"""What was typed and is not recorded: by what it was typed for, kept over a refusal and over a lost line."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from qms_tui.store.ids import uuid7

REASON = "reason"  # the key of what is typed in a summary
BESIDE = " beside "

Written = TypeVar("Written")


class TypedTexts:
    """Values that JSON knows, each under the key of what it was typed for.

    What another window of the person keeps under the same key stands beside it, and is given when the first is done.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}
        self._disk: dict[str, Any] = {}  # what this window found on the disk or put there: that is its own to replace
        self._put: dict[str, Any] = {}  # what `over` took into account last
        self._gone: set[str] = set()  # recorded or left since: an older one on the disk no longer counts
        self._arrived: dict[str, Any] = {}  # recorded, which the screen has not been told yet

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._unrecorded())

    @property
    def is_to_be_kept(self) -> bool:
        """Whether there is any, or one on the disk that may have to go."""
        return bool(self.as_json())

    def get(self, key: str) -> Any:
        return self._kept.get(key)

    def keep(self, key: str, value: Any) -> None:
        self._kept[key] = value
        self._gone.discard(key)

    def empty(self, key: str) -> None:
        """Its prompt is open and empty: what else was typed for the same waits until that is left."""
        self._kept.pop(key, None)
        self._arrived.pop(key, None)
        self._gone.add(key)

    def forget(self, key: str) -> None:
        self.empty(key)
        if beside := _beside(self._kept, key):
            self.keep(key, self._kept.pop(beside[0]))
            self._gone.add(beside[0])

    def under(self, prefix: str) -> dict[str, Any]:
        """All whose key begins so."""
        return {key: value for key, value in self._kept.items() if key.startswith(prefix)}

    def arriving(self, key: str, value: Any, write: Callable[..., Written]) -> Callable[..., Written]:
        """`write`, after which `value` is no longer kept: on the way out nobody is told any more that it is recorded.

        May be called in any thread; `forget` is for the screen's.
        """

        def do(*given: Any) -> Written:
            written = write(*given)
            self._arrived[key] = value
            return written

        return do

    def _unrecorded(self) -> dict[str, Any]:
        kept = dict(self._kept)
        for key, value in list(self._arrived.items()):
            if key in kept and kept[key] == value:
                del kept[key]
                if beside := _beside(kept, key):
                    kept[key] = kept.pop(beside[0])
        return kept

    def waiting(self, key: str) -> Any:
        """As `get`, for what is not on the disk."""
        return self._unrecorded().get(key)

    def others(self, key: str) -> int:
        """How many more were typed for the same."""
        return len(_beside(self._kept, key))

    def take_in(self, found: Mapping[str, Any]) -> None:
        """What an earlier session left, where nothing newer stands."""
        self._disk = dict(found)
        for key, value in found.items():
            if key not in self._gone:
                self._kept.setdefault(key, value)

    def over(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What is to stand on the disk, where `found` stands: other windows' texts stay."""
        stands = {key: value for key, value in found.items() if self._disk.get(key) != value}
        self._put = self._unrecorded()  # the person may go on meanwhile
        kept = {**stands, **self._put}
        for key, value in stands.items():
            beside = [other for name, other in kept.items() if name.startswith(key + BESIDE)]
            if kept[key] != value and value not in beside:
                kept[f"{key}{BESIDE}{uuid7()}"] = value
        return kept

    def wrote(self) -> None:
        """What `over` gave last is on the disk."""
        self._disk = self._put

    # Of a window that may be killed

    def as_json(self) -> dict[str, Any]:
        """All that it holds and what it replaces on the disk; empty where there is neither."""
        held = {"kept": self._unrecorded(), "disk": dict(self._disk)}
        return held if held["kept"] or held["disk"] else {}

    @classmethod
    def of_json(cls, held: Mapping[str, Any]) -> "TypedTexts":
        texts = cls()
        texts._kept = dict(held.get("kept") or {})
        texts._disk = dict(held.get("disk") or {})
        return texts


def _beside(kept: Mapping[str, Any], key: str) -> list[str]:
    return sorted(other for other in kept if other.startswith(key + BESIDE))
