"""What lies where in a store, and the file that says that it is one."""

import json
from pathlib import Path
from typing import Any

from qms_tui.i18n import _
from qms_tui.store import files, words
from qms_tui.store.base import Damaged, StoreError
from qms_tui.store.disk import Disk
from qms_tui.store.ids import uuid7

FORMAT = 1


class Layout:
    """The paths of a store. Nothing is created before the first write."""

    def __init__(self, disk: Disk, directory: Path) -> None:
        self.disk = disk
        self.directory = directory
        self.about = directory / "store.json"
        self.journal = directory / "journal.jsonl"
        self.lock = directory / "lock"
        self.evidence = directory / "evidence"
        self.drafts = directory / "drafts"
        self.state = directory / "state"
        self.checklists = directory / "checklists"  # the team's own; read and named by `checklist.own`

    def read(self) -> dict[str, Any] | None:
        """`{"format": 1, "store": uuid, "created": time}`; None where there is no store yet.

        Raises Damaged for what is not a store or is newer than this program.
        """
        try:
            begun = self.journal.exists()  # looked at first: another process may be creating both, this one last
            about = json.loads(self.about.read_bytes())
        except FileNotFoundError:
            if begun:
                raise Damaged(
                    _("{path} is missing beside the journal; copy it back from a backup").format(path=self.about)
                ) from None
            return None
        except NotADirectoryError:
            raise StoreError(_("{path} is not a folder; name another").format(path=self.directory)) from None
        except OSError as error:
            raise words.not_read(error, self.about) from error
        except ValueError:
            about = None
        if not isinstance(about, dict) or not isinstance(about.get("format"), int) or not about.get("store"):
            raise Damaged(_("{path} cannot be understood; copy it back from a backup").format(path=self.about))
        if about["format"] > FORMAT:
            raise Damaged(
                _("{path} has format {format}, this program knows {known}: update qms-tui").format(
                    path=self.about, format=about["format"], known=FORMAT
                )
            )
        return about

    def make_lock(self) -> None:
        """The folder and the lock, which must be there before anything can be agreed upon. Raises OSError."""
        if not self.lock.exists():
            files.make_store_folder(self.disk, self.directory)
            files.write_file(self.disk, self.lock, b"", first_wins=True)

    def make(self, created: str) -> dict[str, Any]:
        """What is missing of a store; call it with the lock held. Raises OSError."""
        about = self.read()
        if about is None:
            about = {"format": FORMAT, "store": uuid7(), "created": created}
            data = json.dumps(about, separators=(",", ":")).encode() + b"\n"
            files.write_file(self.disk, self.about, data)
        if not self.journal.exists():
            files.write_file(self.disk, self.journal, b"", first_wins=True)
        return about
