"""A whole walk from a file: YAML or JSON, `{item id: answer}`; recorded as one transaction or not at all."""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from qms_tui.checklist.conditions import asked
from qms_tui.checklist.model import Item
from qms_tui.i18n import _
from qms_tui.records import gates
from qms_tui.records.grading import require_grade
from qms_tui.reports.score import figures
from qms_tui.store.base import EvidenceError, Op, Receipt, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow import evidence as evidence_files
from qms_tui.workflow.answering import merged
from qms_tui.workflow.clock import now
from qms_tui.workflow.given import BadAnswer, Given, from_entry
from qms_tui.workflow.lacking import lacking
from qms_tui.workflow.walk import Walk


class AnswersFileError(ValueError):
    """The answers cannot be taken. One line: file, item, what, how to mend it; nothing was recorded."""


class _Loader(yaml.BaseLoader):
    """Every scalar but null as the text that stands in the file; a key that stands twice is an error, not a loss."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str) and key in seen:
                raise yaml.MarkedYAMLError(
                    problem=_("'{key}' stands twice").format(key=key), problem_mark=key_node.start_mark
                )
            seen.add(key if isinstance(key, str) else str(key))
        return super().construct_mapping(node, deep)


_NULL = "tag:yaml.org,2002:null"
_Loader.add_implicit_resolver(_NULL, re.compile("null|~"), ["n", "~"])
_Loader.add_constructor(_NULL, lambda _loader, _node: None)


def read_answers(path: Path) -> dict[str, Any]:
    """The mapping of a file, `-` for the standard input. Raises AnswersFileError."""
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        data = _parsed(raw.decode("utf-8-sig"), strict=path.suffix.casefold() == ".json")
    except OSError as error:
        raise AnswersFileError(f"{path}: {error.strerror}; {_('name a file that can be read')}") from error
    except UnicodeDecodeError as error:
        raise AnswersFileError(_("{path}: not UTF-8; save it as UTF-8").format(path=path)) from error
    except json.JSONDecodeError as error:
        raise AnswersFileError(f"{path}:{error.lineno}:{error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise AnswersFileError(_("{path}: nested too deeply").format(path=path)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise AnswersFileError(f"{path}{where}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise AnswersFileError(f"{path}: {str(error).splitlines()[0]}") from error
    if not isinstance(data, dict) or not data:
        raise AnswersFileError(_("{path}: holds no answers; write lines such as 'item-id: y'").format(path=path))
    return data


def _parsed(text: str, *, strict: bool) -> Any:
    """JSON by its own reader (YAML's knows neither its surrogate pairs nor its tabs), anything else as YAML."""
    if strict or text.lstrip().startswith("{"):
        try:
            return json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=str)
        except json.JSONDecodeError:
            if strict:
                raise
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a BaseLoader makes texts only


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise yaml.MarkedYAMLError(problem=_("'{key}' stands twice").format(key=twice))
    return mapping


def record_answers(
    walk: Walk, answers: dict[str, Any], source: str, *, finish: bool = False, reason: str = ""
) -> Receipt:
    """Record every answer of a new audit, and its completion when `finish`, as one transaction.

    Raises AnswersFileError (unknown item, an item that is not asked, an answer it cannot take), Refused (completing
    with something missing and no reason), EvidenceError; then nothing is recorded.
    """
    items = {item.id: item for item in walk.checklist.items}
    given = {item_id: _given(walk, items, item_id, entry, source) for item_id, entry in answers.items()}
    stated = {
        item_id: {"result": one.result, "value": one.value, "note": one.note, "evidence": list(one.evidence)}
        for item_id, one in given.items()
    }
    asked_items = asked(walk.checklist.items, stated)
    _refuse_unasked(answers, asked_items, source)
    start = walk.start_ops()
    if finish:
        answered = [(item, stated.get(item.id)) for item in asked_items]
        fields = gates.complete(start[-1].set, lacking(answered), reason, now())
        fields["figures"] = figures(answered).as_json()
        start[-1] = Op("audits", walk.audit_id, merged(start[-1].set, fields), base_rev=0, number="A")
    for item_id, one in given.items():  # nothing is kept, evidence files neither, before all of it can be
        try:
            evidence_files.read_all(one.evidence)
        except EvidenceError as error:
            raise EvidenceError(f"{source}: {item_id}: {error}") from error
    ops = [op for item_id, one in given.items() for op in walk.plan_answer(items[item_id], one)]
    return walk.commit(Tx(uuid7(), walk.actor, [*start, *ops], reason.strip()))


def _given(walk: Walk, items: dict[str, Item], item_id: str, entry: Any, source: str) -> Given:
    if item_id not in items:
        raise AnswersFileError(_unknown(source, item_id, items))
    try:
        given = from_entry(items[item_id], "" if entry is None else entry, walk.checklist.accept)
        require_grade(given.result, given.grade)
        return given
    except (BadAnswer, gates.Refused) as error:
        raise AnswersFileError(f"{source}: {item_id}: {error}") from error


def _refuse_unasked(answers: dict[str, Any], asked_items: Sequence[Item], source: str) -> None:
    asked_ids = {item.id for item in asked_items}
    first = next((item_id for item_id in answers if item_id not in asked_ids), None)
    if first is not None:
        raise AnswersFileError(
            _("{source}: {item}: is not asked after the other answers; take it out").format(source=source, item=first)
        )


def _unknown(source: str, item_id: str, items: dict[str, Item]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(item_id, items, n=1)
    hint = _("did you mean '{near}'?").format(near=near[0]) if near else _("see: qms-tui checklist show")
    return _("{source}: '{item}' is no item of this checklist; {hint}").format(source=source, item=item_id, hint=hint)
