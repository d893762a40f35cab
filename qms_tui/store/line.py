"""One line of the journal, to bytes and back.

`{"n":7,"id":"<uuid7>","at":"...Z","by":"anna","via":"root","why":"...","undoes":5,"ops":[...],"prev":"<64 hex>",
"h":"<64 hex>"}` in compact JSON and UTF-8, keys in this order, `via` and `undoes` only when set. An op is
`["findings","<id>",{"grade":["major","minor"]}]`; `[old,new]` sets a field (old is null where there was none), `[old]`
removes it. `h` is the SHA-256 of the line's bytes without `,"h":"..."`; `prev` is the `h` of the line before.
"""

import json
from hashlib import sha256
from typing import Any

from qms_tui.i18n import _
from qms_tui.store.base import Change, Record

Entry = dict[str, Any]
Ops = list[list[Any]]  # [table, id, {field: [old, new] or [old]}]

FIRST = "0" * 64
_H = len(',"h":"') + 64 + len('"}')
_END = b',"prev":"' + b"x" * 64 + b'","h":"' + b"x" * 64 + b'"}'  # x stands for a hexadecimal digit
_HEX = frozenset(b"0123456789abcdef")

_scan = json.JSONDecoder().raw_decode
_dumps = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def encode(entry: Entry) -> bytes:
    """The line of an entry that has all keys but `h`, without the newline; sets `entry["h"]`."""
    body = _dumps(entry).encode()
    entry["h"] = sha256(body).hexdigest()
    return b'%s,"h":"%s"}' % (body[:-1], entry["h"].encode())


def decode(line: bytes) -> Entry | None:
    """The entry of a line (without its newline); None for the fragment that a crash leaves, and for an empty line.

    Raises ValueError for a line that was whole once and is not what was written.
    """
    if line[-_H:-66] == b',"h":"' and line.endswith(b'"}'):
        body = line[:-_H] + b"}"
        if sha256(body).hexdigest().encode() == line[-66:-2]:
            entry, _length = _scan(line.decode())  # half the time of json.loads
            if not isinstance(entry, dict):
                raise ValueError(_("it is not an object"))
            return entry
    if _was_whole(line):
        raise ValueError(_("its hash does not match"))
    return None


def _was_whole(line: bytes) -> bool:
    """A fragment is the beginning of a line: it is no JSON, and does not end as lines end, give or take two bytes."""
    if _ends_as_lines_do(line) or _ends_as_lines_do(line[:-1]):
        return True
    try:
        json.loads(line.decode())
    except ValueError:
        return False
    return True


def _ends_as_lines_do(line: bytes) -> bool:
    end = line[-len(_END) :]
    wrong = sum(have not in _HEX if want == 0x78 else have != want for have, want in zip(end, _END, strict=False))
    return len(end) == len(_END) and wrong <= 2


def numbers(entry: Entry) -> dict[str, str]:
    """Human numbers that the entry gave, by document id."""
    return {id: change["number"][1] for _table, id, change in entry["ops"] if len(change.get("number", ())) == 2}


def record(entry: Entry) -> Record:
    """The entry as the trail shows it; absent values are None."""
    changes = tuple(
        Change(table, id, field, values[0], values[1] if len(values) == 2 else None)
        for table, id, fields in entry["ops"]
        for field, values in fields.items()
    )
    return Record(
        n=entry["n"],
        id=entry["id"],
        at=entry["at"],
        by=entry["by"],
        via=entry.get("via"),
        why=entry["why"],
        undoes=entry.get("undoes"),
        changes=changes,
    )
