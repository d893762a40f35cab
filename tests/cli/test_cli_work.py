"""my, remind and doctor; mail goes to a real SMTP server."""

import email
import email.policy
import shutil
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cli_helpers import Cli


class Inbox:
    """What the server took; it refuses mail for nobody@."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802  # aiosmtpd calls it
        if address.startswith("nobody@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd calls it
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append((envelope.rcpt_tos, message))
        return "250 OK"


@pytest.fixture
def smtp() -> Iterator[tuple[Inbox, str]]:
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield inbox, f"127.0.0.1:{port}"
    finally:
        controller.stop()


@pytest.fixture
def work(cli: Cli) -> Cli:
    number = cli(
        "nc", "raise", "Jobs unconfirmed", "--criterion", "QMS 4.1", "--owner", "anna", "--due", "+3"
    ).stdout.strip()
    for title, owner, due in (("Field", "ben", "+2"), ("門", "cleo", "+40")):
        cli("action", "add", title, "--nc", number, "--kind", "correction", "--owner", owner, "--due", due)
    action = cli.json("action", "list")[0]["number"]
    cli("--as", "ben", "action", "start", action)
    cli("--as", "ben", "action", "done", action, "--outcome", "built")
    return cli


def test_what_one_owes(work: Cli) -> None:
    mine = work.json("--as", "Anna", "my")
    assert [row["kind"] for row in mine["due_soon"]] == ["nonconformity"]
    assert [row["title"] for row in mine["to_verify"]] == ["Field"] and mine["person"] == "anna"
    text = work("--as", "anna", "my").stdout
    assert "Waiting for verification:\n" in text and "Field (done, NC-" in text
    assert "Later:\n" in work("--as", "cleo", "my").stdout
    nothing = work("--as", "emil", "my")
    assert nothing.stdout == "" and "nothing waits for emil" in nothing.stderr


def test_reminders_are_printed_by_person(work: Cli) -> None:
    assert work("remind", "--fail").stdout.startswith("anna\n  Due within a week:\n")
    assert [digest["person"] for digest in work.json("remind")] == ["anna"]
    assert work.json("remind", "--person", "ben") == []


def test_each_person_gets_one_mail(work: Cli, smtp: tuple[Inbox, str]) -> None:
    inbox, server = smtp
    number = work.json("nc", "list")[0]["number"]
    work("action", "add", "Ärger", "--nc", number, "--owner", "zoë", "--due", "+1")
    arguments = ["remind", "--mail", "--smtp", server, "--sender", "qms@example.org", "--domain", "example.org"]
    said = work(*arguments, "--address", "zoë=zoe@example.org").stderr
    assert said.splitlines() == ["sent: anna@example.org", "sent: zoe@example.org"]
    (to, mail), (_to, second) = inbox.mails
    assert (
        to == ["anna@example.org"] and mail["From"] == "qms@example.org" and mail["Subject"] == "Quality: due this week"
    )
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Waiting for verification:" in mail.get_content() and "Ärger" in second.get_content()


def test_a_mail_that_is_refused_holds_up_no_other(work: Cli, smtp: tuple[Inbox, str]) -> None:
    inbox, server = smtp
    number = work.json("nc", "list")[0]["number"]
    for owner in ("nobody", "two words", "zed@example.org"):
        work("action", "add", "x", "--nc", number, "--owner", owner, "--due", "+1")
    arguments = ["remind", "--mail", "--smtp", server, "--sender", "qms@example.org", "--domain", "example.org"]
    said = work(*arguments, code=1).stderr
    assert f"not sent: nobody@example.org: {server}: " in said and "no mail address: two words" in said
    assert [to for to, _mail in inbox.mails] == [["anna@example.org"], ["zed@example.org"]]
    closed = work(*arguments[:3], "127.0.0.1:1", *arguments[4:], code=1).stderr
    assert "not sent: anna@example.org: 127.0.0.1:1: " in closed and "Traceback" not in closed


def test_mail_is_configured_by_the_environment_too(
    work: Cli, smtp: tuple[Inbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, server = smtp
    for name, value in (("SMTP", server), ("MAIL_FROM", "qms@example.org"), ("MAIL_DOMAIN", "example.org")):
        monkeypatch.setenv(f"QMS_{name}", value)
    work("remind", "--mail")
    assert [to for to, _mail in inbox.mails] == [["anna@example.org"]]
    monkeypatch.setenv("QMS_SMTP_USER", "qms")
    assert "not sent" in work("remind", "--mail", code=1).stderr  # this server knows no users


def test_mail_that_is_written_wrongly(work: Cli) -> None:
    assert "--sender" in work.refused("remind", "--mail", code=2)
    assert "is no port" in work.refused("remind", "--mail", "--smtp", "h:x", "--sender", "a@b", code=2)
    assert "anna=anna@" in work.refused("remind", "--address", "anna", code=2)


def test_doctor(cli: Cli) -> None:
    assert "consistent" in cli("doctor").stderr
    cli.record()
    assert cli.json("doctor") == []
    for file in (cli.store / "evidence").iterdir():
        file.chmod(0o600)
        file.write_bytes(b"another")
    number = cli.json("audit", "list")[0]["number"]
    assert (
        f"{number}: its evidence is not as it was kept: pasted text; see: qms-tui verify {number}; copy"
        in cli("doctor", code=1).stdout
    )
    shutil.rmtree(cli.store / "evidence")
    result = cli("doctor", code=1)
    assert result.stdout.startswith("A-") and "its evidence is not in the store" in result.stdout
    assert "evidence_missing" in cli("doctor", "--json", code=1).stdout
