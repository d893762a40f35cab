"""What was typed and is not recorded: by what it was typed for, kept over a refusal and over a lost line."""

from collections.abc import Mapping
from typing import Any

from qms_tui.store.ids import uuid7

BESIDE = " beside "


class TypedTexts:
    """Values that JSON knows, each under the key of what it was typed for.

    What another window of the person keeps under the same key stands beside it, and is given when the first is done.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}
        self._disk: dict[str, Any] = {}  # what this window found on the disk or put there: that is its own to replace
        self._put: dict[str, Any] = {}  # what `over` took into account last
        self._gone: set[str] = set()  # recorded or left since: an older one on the disk no longer counts

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._kept)

    def get(self, key: str) -> Any:
        return self._kept.get(key)

    def keep(self, key: str, value: Any) -> None:
        self._kept[key] = value
        self._gone.discard(key)

    def empty(self, key: str) -> None:
        """Its prompt is open and empty: what else was typed for the same waits until that is left."""
        self._kept.pop(key, None)
        self._gone.add(key)

    def forget(self, key: str) -> None:
        self.empty(key)
        if beside := self._beside(key):
            self.keep(key, self._kept.pop(beside[0]))
            self._gone.add(beside[0])

    def under(self, prefix: str) -> dict[str, Any]:
        """All whose key begins so."""
        return {key: value for key, value in self._kept.items() if key.startswith(prefix)}

    def others(self, key: str) -> int:
        """How many more were typed for the same."""
        return len(self._beside(key))

    def _beside(self, key: str) -> list[str]:
        return sorted(other for other in self._kept if other.startswith(key + BESIDE))

    def take_in(self, found: Mapping[str, Any]) -> None:
        """What an earlier session left, where nothing newer stands."""
        self._disk = dict(found)
        for key, value in found.items():
            if key not in self._gone:
                self._kept.setdefault(key, value)

    def over(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What is to stand on the disk, where `found` stands: other windows' texts stay."""
        stands = {key: value for key, value in found.items() if self._disk.get(key) != value}
        self._put = dict(self._kept)  # the person may go on meanwhile
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
        held = {"kept": dict(self._kept), "disk": dict(self._disk)}
        return held if held["kept"] or held["disk"] else {}

    @classmethod
    def of_json(cls, held: Mapping[str, Any]) -> "TypedTexts":
        texts = cls()
        texts._kept = dict(held.get("kept") or {})
        texts._disk = dict(held.get("disk") or {})
        return texts
