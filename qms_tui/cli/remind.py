"""`qms-tui remind` and `qms-tui my`: who owes what."""

import os
from typing import TYPE_CHECKING

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import print_json, say
from qms_tui.i18n import _

if TYPE_CHECKING:
    from qms_tui.export.mail import Server
    from qms_tui.reports.digest import Digest

PRESSING = ("overdue", "due_soon", "to_verify", "checks")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def my(settings: Settings, as_json: bool) -> None:
    """What I owe: overdue, due within a week, waiting for my verification, my checks, and what comes later."""
    from qms_tui.export.digest import digest_lines
    from qms_tui.reports.digest import SECTIONS
    from qms_tui.workflow.my_work import my_work

    with settings.open() as store:
        digest = my_work(store, settings.actor().name)
    if as_json:
        print_json(digest.as_json())
        return
    lines = digest_lines(digest, SECTIONS)
    if not lines:
        say(_("nothing waits for {name}").format(name=digest.name), err=True)
    for line in lines:
        say(line)


@click.command()
@click.option("--person", metavar="NAME", help="Only this person.")
@click.option("--mail", is_flag=True, help="Send each digest by SMTP instead of printing it.")
@click.option("--smtp", metavar="HOST[:PORT]", help="The server (else QMS_SMTP, else localhost:25).")
@click.option("--sender", metavar="ADDRESS", help="From whom (else QMS_MAIL_FROM).")
@click.option("--domain", metavar="DOMAIN", help="NAME gets mail at NAME@DOMAIN (else QMS_MAIL_DOMAIN).")
@click.option(
    "--address", "addresses", multiple=True, metavar="NAME=ADDRESS", help="The address of NAME (several times)."
)
@click.option("--starttls", is_flag=True, help="Encrypt; logs in with QMS_SMTP_USER and QMS_SMTP_PASSWORD.")
@click.option("--fail", is_flag=True, help="Exit 1 when anything is overdue.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def remind(
    settings: Settings,
    person: str | None,
    mail: bool,
    smtp: str | None,
    sender: str | None,
    domain: str | None,
    addresses: tuple[str, ...],
    starttls: bool,
    fail: bool,
    as_json: bool,
) -> None:
    """One digest a person, for cron: overdue, due within a week, waiting for verification, checks due."""
    from qms_tui.records.case import same_person
    from qms_tui.workflow.my_work import all_work

    known = _known(addresses)
    server = _server(smtp, sender, starttls=starttls) if mail else None
    with settings.open() as store:
        found = [digest for digest in all_work(store, pressing=True) if digest.pressing]
    if person is not None:
        found = [digest for digest in found if same_person(digest.name, person)]
    if server is not None:
        _mail(server, found, known, domain or os.environ.get("QMS_MAIL_DOMAIN", ""))
    elif as_json:
        print_json([digest.as_json() for digest in found])
    else:
        _print(found)
    if fail and any(digest.overdue for digest in found):
        raise click.exceptions.Exit(1)


def _print(found: "list[Digest]") -> None:
    from qms_tui.export.digest import digest_lines

    for n, digest in enumerate(found):
        lines = [f"  {line}" if line else "" for line in digest_lines(digest, PRESSING)]
        say("\n".join([("\n" if n else "") + (digest.name or _("nobody is named")), *lines]))


def _known(addresses: tuple[str, ...]) -> dict[str, str]:
    known = {}
    for pair in addresses:
        name, equals, address = pair.partition("=")
        if not equals or not name.strip() or "@" not in address:
            raise Fault(_("--address: '{pair}'; write it as anna=anna@example.org").format(pair=pair), 2)
        known[" ".join(name.split()).casefold()] = address.strip()
    return known


def _server(smtp: str | None, sender: str | None, *, starttls: bool) -> "Server":
    from qms_tui.export.mail import Server

    host, _colon, port = (smtp or os.environ.get("QMS_SMTP") or "localhost:25").rpartition(":")
    if not host:
        host, port = port, "25"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Fault(_("--smtp: '{port}' is no port; write it as mail.example.org:587").format(port=port), 2)
    sender = sender or os.environ.get("QMS_MAIL_FROM", "")
    if "@" not in sender:
        raise Fault(_("--mail needs who it is from: --sender ADDRESS or QMS_MAIL_FROM"), 2)
    user, password = os.environ.get("QMS_SMTP_USER", ""), os.environ.get("QMS_SMTP_PASSWORD", "")
    return Server(host, int(port), sender, user, password, starttls)


def _mail(server: "Server", found: "list[Digest]", known: dict[str, str], domain: str) -> None:
    """One mail a person. One that cannot be sent holds up no other; all are told, and exit 1."""
    from qms_tui.export.digest import digest_lines
    from qms_tui.export.mail import NotSent, send

    failed = False
    for digest in found:
        name = digest.name
        to = known.get(name.casefold()) or (name if "@" in name else f"{name}@{domain}" if name and domain else "")
        if not to or " " in to:
            what = name or _("nobody is named")
            say(_("no mail address: {name}; give --address NAME=ADDRESS or --domain").format(name=what), err=True)
            failed = True
            continue
        late = len(digest.overdue)
        subject = _("Quality: {n} overdue").format(n=late) if late else _("Quality: due this week")
        try:
            send(server, to, subject, "\n".join(digest_lines(digest, PRESSING)) + "\n")
        except NotSent as error:
            say(_("not sent: {error}").format(error=error), err=True)
            failed = True
        else:
            say(_("sent: {to}").format(to=to), err=True)
    if failed:
        raise click.exceptions.Exit(1)
