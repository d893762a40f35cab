"""What was typed and is not recorded: by what it was typed for, kept over a refusal and over a lost line."""

from collections.abc import Mapping
from typing import Any


class TypedTexts:
    """Values that JSON knows, each under the key of what it was typed for."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}
        self._gone: set[str] = set()  # recorded or left since: an older one on the disk no longer counts

    def get(self, key: str) -> Any:
        return self._kept.get(key)

    def keep(self, key: str, value: Any) -> None:
        self._kept[key] = value
        self._gone.discard(key)

    def forget(self, key: str) -> None:
        self._kept.pop(key, None)
        self._gone.add(key)

    def take_in(self, found: Mapping[str, Any]) -> None:
        """What an earlier session left, where nothing newer stands."""
        self._kept = {key: value for key, value in found.items() if key not in self._gone} | self._kept

    def over(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What is to stand on the disk, where `found` stands: other windows' texts stay."""
        return {key: value for key, value in {**found, **self._kept}.items() if key not in self._gone}
