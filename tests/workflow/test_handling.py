"""From a nonconformity to an effect, through the use cases and on a real store."""

from typing import Any

import pytest
from case_walk import (
    ANNA,
    BEN,
    DORA,
    PLAN,
    act,
    analysed,
    carried_out,
    checked,
    closed,
    nc,
    planned,
    raised,
)

from qms_tui.records.effect import CheckResult
from qms_tui.records.gates import Refused
from qms_tui.store.base import Conflict, Op, Store, Tx
from qms_tui.store.ids import uuid7
from qms_tui.workflow import actions, causes, effect, handling
from qms_tui.workflow.cases import case_of
from qms_tui.workflow.nonconformities import list_actions, list_rows, show_action, show_row
from qms_tui.workflow.typed import BadInput, read_day, read_value
from qms_tui.workflow.unknown import Unknown


def gate(call: Any, *args: Any, **more: Any) -> str:
    store = args[0]
    before = store.head()
    with pytest.raises(Refused) as refused:
        call(*args, **more)
    assert store.head() == before
    return refused.value.gate


def test_not_effective_leads_to_a_second_cycle_with_the_first_one_visible(store: Store) -> None:
    number = raised(store)
    analysed(store, number)
    carried_out(store, number, planned(store, number))
    assert checked(store, number, "not_effective", 7) == "analysis"
    again = nc(store, number)
    assert (again["status"], again["cycle"], again.get("closed")) == ("analysis", 2, None)
    assert gate(handling.advance, store, ANNA, number) == "root cause"  # that of cycle 1 does not count
    analysed(store, number, "the form has no owner in the process map")
    assert gate(handling.advance, store, ANNA, number) == "corrective action"
    carried_out(store, number, planned(store, number))
    assert checked(store, number) == "closed"

    row = show_row(store, number, ANNA)
    first, second = row["cycles"]
    assert (first["effectiveness"]["verdict"], second["effectiveness"]["verdict"]) == ("not_effective", "effective")
    assert (first["effectiveness"]["value"], second["effectiveness"]["reached"]) == (7, True)
    assert [c["cycle"] for c in row["cycles"]] == [1, 2] and row["lesson"]
    assert [a["status"] for c in row["cycles"] for a in c["actions"]] == ["closed", "closed"]
    assert len(first["causes"]) == len(second["causes"]) == 2
    assert row["steps"] == [] and row["closed"]
    assert gate(handling.edit, store, ANNA, number, {"need": "x"}) == "status"
    assert gate(actions.add, store, ANNA, number, "corrective", "More") == "status"


def test_the_first_why_of_a_draft_begins_its_analysis(store: Store) -> None:
    number = raised(store)
    before = store.head()[0]
    causes.add_why(store, ANNA, number, "because")
    assert nc(store, number)["status"] == "analysis" and store.head()[0] == before + 1


def test_whys_of_two_people_at_once_both_stand(store: Store) -> None:
    number = raised(store)
    first, _receipt = causes.add_why(store, ANNA, number, "one")
    causes.add_why(store, ANNA, number, "one point one", first)
    causes.add_why(store, BEN, number, "one point two", first)
    assert [w["label"] for w in show_row(store, number)["cycles"][0]["causes"]] == ["1", "1.1", "1.2"]


def test_a_why_is_changed_and_taken_back(store: Store) -> None:
    number = raised(store)
    first, _receipt = causes.add_why(store, ANNA, number, "one", None, {"root": True, "evidence": "photo"})
    below, _receipt = causes.add_why(store, ANNA, number, "two", first, {"category": "weather"})
    causes.change_why(store, ANNA, number, first, {"text": " uno ", "evidence": "", "root": False, "category": None})
    assert gate(causes.withdraw_why, store, ANNA, number, first, "doubled") == "cause"
    assert gate(causes.withdraw_why, store, ANNA, number, below, " ") == "reason"
    causes.withdraw_why(store, ANNA, number, below, "doubled")
    (left,) = show_row(store, number)["cycles"][0]["causes"]
    assert (left["text"], left["evidence"], left["root"]) == ("uno", None, False)
    assert gate(causes.add_why, store, ANNA, number, " ") == "cause"
    assert gate(causes.add_why, store, ANNA, number, "x", below) == "cause"
    assert gate(causes.change_why, store, ANNA, number, first, {"text": " "}) == "cause"
    assert causes.find_why(case_of(store, number), "1") == first
    with pytest.raises(Unknown, match="there are: 1"):
        causes.find_why(case_of(store, number), "2")


def test_causes_stand_when_work_has_started(store: Store) -> None:
    number = raised(store)
    analysed(store, number)
    planned(store, number)
    assert gate(causes.add_why, store, ANNA, number, "late") == "status"


@pytest.mark.parametrize(
    ("given", "expected"),
    [({"due": "2020-01-01"}, "due date")],
)
def test_what_bars_raising(store: Store, given: dict[str, Any], expected: str) -> None:
    with pytest.raises(Refused) as refused:
        raised(store, **given)
    assert refused.value.gate == expected and store.head()[0] == 0
    for statement, criterion in ((" ", "c"), ("s", " ")):
        with pytest.raises(Refused):
            handling.raise_nonconformity(store, ANNA, statement, criterion)


def test_an_action_belongs_to_a_nonconformity(store: Store) -> None:
    number = raised(store)
    assert gate(actions.add, store, ANNA, None, "corrective", "Do") == "nonconformity"
    assert gate(actions.add, store, ANNA, " ", "corrective", "Do") == "nonconformity"
    assert gate(actions.add, store, ANNA, number, "corrective", " ") == "nonconformity"
    with pytest.raises(Unknown):
        actions.add(store, ANNA, "NC-1999-0001", "corrective", "Do")


def test_closing_with_an_open_action_is_refused(store: Store) -> None:
    number = raised(store)
    analysed(store, number)
    carried_out(store, number, planned(store, number))
    late, _receipt = actions.add(store, ANNA, number, "training", "Show the desk")
    args = (store, DORA, number, CheckResult("effective", 1), "lesson")
    assert gate(effect.check, *args) == "open actions"
    actions.cancel(store, ANNA, late, "part of the first")
    assert effect.check(*args)[0] == "closed"


def test_circular_repeats_are_refused(store: Store) -> None:
    one, two, three = raised(store), raised(store), raised(store)
    handling.mark_repeat(store, ANNA, two, one)
    handling.mark_repeat(store, ANNA, three, two)
    assert gate(handling.mark_repeat, store, ANNA, one, three) == "repeat"
    assert gate(handling.mark_repeat, store, ANNA, one, one) == "repeat"
    handling.relate(store, ANNA, one, three)
    handling.relate(store, ANNA, one, three)
    assert nc(store, one)["related"] == [three]
    assert gate(handling.relate, store, ANNA, one, one) == "repeat"


def test_the_second_who_moves_the_same_record_sees_the_conflict(store: Store) -> None:
    number = raised(store)
    analysed(store, number)
    planned(store, number)
    seen = nc(store, number)
    action = list_actions(store)[0]["number"]
    seen_action = act(store, action)
    actions.start(store, BEN, action, seen_action)
    with pytest.raises(Conflict, match="changed by ben meanwhile: status is in_progress, yours planned") as conflict:
        actions.start(store, BEN, action, seen_action)
    assert conflict.value.theirs is not None and conflict.value.theirs["status"] == "in_progress"
    with pytest.raises(Conflict):
        actions.cancel(store, ANNA, action, "my long reason", seen_action)
    actions.done(store, BEN, action, "built")
    actions.verify(store, ANNA, action, "seen")
    handling.advance(store, ANNA, number, seen)
    with pytest.raises(Conflict, match="status is verification, yours in_progress"):
        handling.advance(store, BEN, number, seen)
    with pytest.raises(Conflict):
        handling.cancel(store, BEN, number, "my long reason", seen)
    assert nc(store, number)["status"] == "verification"


def test_a_section_that_a_colleague_wrote_is_not_overwritten_unseen(store: Store) -> None:
    number = raised(store)
    seen = nc(store, number)
    handling.edit(store, ANNA, number, {"need": "the third this month"}, seen=seen)
    handling.edit(store, BEN, number, {"containment": "the desk calls"}, seen=seen)  # another field: both stand
    with pytest.raises(Conflict, match="anna meanwhile: need is the third this month, yours none") as conflict:
        handling.edit(store, BEN, number, {"need": "none"}, seen=seen)
    assert conflict.value.mine == {"need": "none"}
    after = nc(store, number)
    assert (after["need"], after["containment"]) == ("the third this month", "the desk calls")


def test_why_effect_and_action_conflicts_carry_both_values(store: Store) -> None:
    number = raised(store)
    first, _receipt = causes.add_why(store, ANNA, number, "one")
    seen_why = store.get("causes", first)
    causes.change_why(store, BEN, number, first, {"text": "eins"}, seen_why)
    with pytest.raises(Conflict, match="text is eins, yours uno"):
        causes.change_why(store, ANNA, number, first, {"text": "uno"}, seen_why)
    effect.plan(store, ANNA, number, {"target": 2})
    seen_plan = case_of(store, number).effect
    effect.plan(store, BEN, number, {"target": 3}, seen=seen_plan)
    with pytest.raises(Conflict, match="target is 3, yours 1"):
        effect.plan(store, ANNA, number, {"target": 1}, seen=seen_plan)
    action, _receipt = actions.add(store, ANNA, number, "corrective", "Do")
    seen_action = act(store, action)
    actions.assign(store, BEN, action, {"owner": "ben"}, seen=seen_action)
    with pytest.raises(Conflict, match="owner is ben, yours cleo"):
        actions.assign(store, ANNA, action, {"owner": "cleo"}, seen=seen_action)


def test_moves_notes_milestones_and_refusals_stay_visible(store: Store) -> None:
    number = raised(store)
    analysed(store, number)
    given = {"owner": "ben", "due": read_day("+7"), "milestones": [{"title": "Form agreed", "due": read_day("+3")}]}
    action, _receipt = actions.add(store, ANNA, number, "containment", "Call first", given)
    assert gate(actions.move, store, BEN, action, read_day("+9"), " ") == "due date"
    assert gate(actions.move, store, BEN, action, "2020-01-01", "x") == "due date"
    actions.move(store, BEN, action, read_day("+9"), "ill")
    actions.start(store, BEN, action)
    actions.note(store, BEN, action, "half way")
    actions.note(store, ANNA, action, "good")
    assert gate(actions.note, store, ANNA, action, " ") == "comment"
    actions.assign(store, BEN, action, {}, reached="form")
    assert gate(actions.assign, store, BEN, action, {}, reached="form") == "milestone"
    actions.done(store, BEN, action, "both desks call")
    assert gate(actions.refuse, store, ANNA, action, " ") == "comment"
    actions.refuse(store, ANNA, action, "not on Sunday")
    row = show_action(store, action, BEN)
    assert [m["why"] for m in row["moves"]] == ["ill"] and row["moved"] == 1
    assert [n["text"] for n in row["notes"]] == ["half way", "good"]
    assert row["milestones"][0]["done"] == read_day("today")
    assert row["refused"][0]["comment"] == "not on Sunday" and row["outcome"] == "both desks call"
    assert row["steps"][0]["step"] == "done" and row["steps"][0]["allowed"]
    assert [r["why"] for r in row["trail"] if r["why"]] == ["ill", "both desks call", "not on Sunday"]


def test_what_is_assigned_and_a_milestone_reached_is_one_transaction(store: Store) -> None:
    number = raised(store)
    given = {"owner": "ben", "milestones": [{"title": "Form agreed"}, {"title": "Desks told"}]}
    action, _receipt = actions.add(store, ANNA, number, "containment", "Call first", given)
    before, (n, _hash) = act(store, action), store.head()
    assert gate(actions.assign, store, ANNA, action, {"owner": "cleo"}, reached="nothing") == "milestone"
    assert gate(actions.assign, store, ANNA, action, {"verifier": "ben"}, reached="form") == "verifier"
    assert act(store, action) == before and store.head()[0] == n
    receipt = actions.assign(store, ANNA, action, {"owner": "cleo"}, reached="form")
    after = act(store, action)
    assert receipt.n == n + 1 == after.rev and after["owner"] == "cleo"
    assert [milestone.get("done") for milestone in after["milestones"]] == [read_day("today"), None]
    actions.assign(store, ANNA, action, {"milestones": [{"title": "Signed"}]}, reached="signed")
    assert act(store, action)["milestones"] == [{"title": "Signed", "done": read_day("today")}]


def test_lists_filter_actions(store: Store) -> None:
    number, other = raised(store, owner="anna"), raised(store)
    mine, _receipt = actions.add(store, ANNA, number, "correction", "a", {"owner": "ben", "due": read_day("today")})
    helped, _receipt = actions.add(store, ANNA, other, "correction", "b", {"contributors": ["Ben"]})
    ended, _receipt = actions.add(store, ANNA, other, "correction", "c", {"owner": "ben"})
    actions.cancel(store, ANNA, ended, "moot")

    def listed(**filters: Any) -> list[str]:
        return [row["number"] for row in list_actions(store, **filters)]

    assert listed() == [mine, helped, ended]
    assert listed(mine="BEN", open_only=True) == [mine, helped]
    assert listed(owner="ben") == [mine, ended]
    assert listed(nonconformity=other.lower()) == [helped, ended]
    assert listed(overdue=True) == []
    assert list_actions(store)[0]["due_soon"] is True and list_actions(store)[0]["nonconformity"] == number
    assert [row["number"] for row in list_rows(store, owner="Anna")] == [number]
    with pytest.raises(Unknown):
        listed(nonconformity="NC-1")
    with pytest.raises(Unknown):
        show_action(store, "AC-1")


def test_closed_ones_keep_their_trail(store: Store) -> None:
    number = closed(store)
    trail = show_row(store, number)["trail"]
    tables = {change["table"] for row in trail for change in row["changes"]}
    assert tables == {"nonconformities", "causes", "actions", "effectiveness"}
    assert all(row["number"] for row in trail)


def test_days_and_values_as_typed() -> None:
    assert read_value("12") == 12 and read_value("0,5") == 0.5 and read_value("-1e3") == -1000.0
    assert read_value(" 2 of 10 ") == "2 of 10" and read_value("9 min") == "9 min" and read_value("many") == "many"
    assert read_day("2030-02-28") == "2030-02-28"
    for bad in ("2030-02-30", "tomorrow", "28.02.2030", "+x", "", "20300228"):
        with pytest.raises(BadInput, match="is no day"):
            read_day(bad)
    with pytest.raises(BadInput, match="ambiguous"):
        read_value("1,234")


def test_a_plan_without_a_whole_set_of_fields_may_be_written_bit_by_bit(store: Store) -> None:
    number = raised(store)
    effect.plan(store, ANNA, number, {"indicator": "x", "target": None})
    effect.plan(store, ANNA, number, {**PLAN, "check_date": read_day("+1")})
    assert case_of(store, number).effect["indicator"] == PLAN["indicator"]


def test_a_conflict_says_a_zero_as_a_zero(store: Store) -> None:
    number = raised(store)
    effect.plan(store, ANNA, number, {"baseline": 4})
    seen = case_of(store, number).effect
    effect.plan(store, BEN, number, {"baseline": 0})
    with pytest.raises(Conflict, match="baseline is 0, yours 5"):
        effect.plan(store, ANNA, number, {"baseline": 5}, seen=seen)


def test_an_emptied_field_goes_and_one_that_is_needed_stays(store: Store) -> None:
    number = raised(store, owner="anna")
    handling.edit(store, ANNA, number, {"owner": " "})
    assert nc(store, number).get("owner") is None
    assert gate(handling.edit, store, ANNA, number, {"statement": " "}) == "nonconformity"
    analysed(store, number)
    action = planned(store, number)
    assert gate(actions.assign, store, ANNA, action, {"owner": ""}) == "owner"
    assert gate(actions.assign, store, ANNA, action, {"title": ""}) == "nonconformity"
    assert gate(effect.plan, store, ANNA, number, {"checker": ""}, "nobody has time") == "checker"


def test_what_was_cancelled_by_mistake_is_as_it_was(store: Store) -> None:
    number = raised(store, owner="anna")
    analysed(store, number)
    before = show_row(store, number, ANNA)
    handling.cancel(store, BEN, number, "the wrong line")
    assert gate(handling.edit, store, ANNA, number, {"need": "yes"}) == "status"
    with pytest.raises(Refused, match=f"reopen it first: qms-tui nc reopen {number} --why"):
        handling.edit(store, ANNA, number, {"need": "yes"})
    assert gate(handling.reopen, store, ANNA, number, " ") == "reason"
    assert handling.reopen(store, ANNA, number, "meant another one")[0] == "action_plan"
    after = show_row(store, number, ANNA)
    told = ("timeline", "trail")
    assert {k: v for k, v in after.items() if k not in told} == {k: v for k, v in before.items() if k not in told}
    assert [event["what"] for event in after["timeline"]][-2:] == [
        "from action plan to cancelled",
        "from cancelled to action plan",
    ]
    assert after["timeline"][-1]["why"] == "meant another one"
    assert gate(handling.reopen, store, ANNA, number, "again") == "status"

    handling.cancel(store, BEN, number, "the wrong line")
    seen = nc(store, number)
    handling.reopen(store, ANNA, number, "meant another one")
    with pytest.raises(Conflict):
        handling.reopen(store, BEN, number, "mine", seen)


def test_what_came_in_cancelled_is_not_reopened_to_cancelled(store: Store) -> None:
    """Brought over from another system, say: no move of its trail tells the state before."""
    fields = {"status": "cancelled", "grade": "minor", "statement": "No label", "criterion": "QMS 4.1", "cycle": 1}
    id_ = uuid7()
    given = Op("nonconformities", id_, {**fields, "opened": "2026-11-02T09:00:00+00:00"}, 0, number="NC")
    number = store.commit(Tx(uuid7(), ANNA, [given])).numbers[id_]
    assert gate(handling.reopen, store, ANNA, number, "it is needed after all") == "status"
    with pytest.raises(Refused, match=f"{number}: its trail does not tell the state that it had"):
        handling.reopen(store, ANNA, number, "it is needed after all")
    assert nc(store, number)["status"] == "cancelled"


def test_what_it_repeats_is_not_named_as_similar_too(store: Store) -> None:
    number, other, third = raised(store), raised(store, "The lift stands still"), raised(store, "No light in hall 2")
    handling.relate(store, ANNA, number, other)
    handling.relate(store, ANNA, number, third)
    handling.mark_repeat(store, ANNA, number, other)
    assert (nc(store, number)["repeat_of"], nc(store, number)["related"]) == (other, [third])
    assert gate(handling.relate, store, ANNA, number, other) == "repeat"
    handling.mark_repeat(store, ANNA, number, third)
    assert nc(store, number).get("related") is None


def test_nothing_to_record_writes_nothing_and_says_so(store: Store) -> None:
    number, other = raised(store), raised(store, "The lift stands still")
    nothing = (
        lambda: effect.plan(store, ANNA, number, {}),  # no plan stands yet
        lambda: effect.plan(store, ANNA, number, {"unit": " "}),
        lambda: effect.plan(store, ANNA, number, {"indicator": "late answers"}),
        lambda: handling.edit(store, ANNA, number, {"owner": "cleo "}),
        lambda: handling.relate(store, ANNA, number, other),
    )
    done = (
        lambda: None,
        lambda: None,
        lambda: effect.plan(store, ANNA, number, {"indicator": "late answers"}),
        lambda: handling.edit(store, ANNA, number, {"owner": "cleo"}),
        lambda: handling.relate(store, ANNA, number, other),
    )
    for first, again in zip(done, nothing, strict=True):
        first()
        before = store.head()
        receipt = again()
        assert not receipt.wrote and receipt.n == before[0] and store.head() == before


def test_a_closed_one_is_raised_anew(store: Store) -> None:
    number = closed(store)
    with pytest.raises(Refused, match=f"raise it anew; link that to it: qms-tui nc link NEW {number} --repeat"):
        handling.reopen(store, ANNA, number, "it came back")
