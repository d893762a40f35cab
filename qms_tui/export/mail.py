"""Sending a text to one person by SMTP."""

import re
import smtplib
from email.message import EmailMessage
from typing import NamedTuple

from qms_tui.i18n import _


class Server(NamedTuple):
    """Where mail is handed in. Logs in when a user is named, after STARTTLS when that is asked for."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    starttls: bool = False


class NotSent(OSError):
    """The server did not take the mail; one line: the address, and what it said."""


_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\]+")


def send(server: Server, to: str, subject: str, text: str) -> None:
    """Hand in one mail. Raises NotSent."""
    for address in (server.sender, to):
        if not _ADDRESS.fullmatch(address):  # Python's own reader of addresses fails in many ways on such
            raise NotSent(_("{address}: not a mail address").format(address=" ".join(address.split())))
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply comes back
    message.set_content(text)
    try:
        with smtplib.SMTP(server.host, server.port, timeout=20) as smtp:
            if server.starttls:
                smtp.starttls()
            if server.user:
                smtp.login(server.user, server.password)
            smtp.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise NotSent(f"{to}: {server.host}:{server.port}: {said}") from error
