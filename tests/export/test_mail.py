"""What a mail is not sent to."""

import pytest

from qms_tui.export.mail import NotSent, Server, send

NOWHERE = Server("localhost", 1, "qms@example.org", "", "", starttls=False)


@pytest.mark.parametrize("address", ["anna", "anna\n@example.org", "anna@[", "a@example.org, b@example.org", "<@>"])
def test_an_address_that_is_none_is_told_in_one_line(address: str) -> None:
    with pytest.raises(NotSent, match="not a mail address") as refused:
        send(NOWHERE, address, "Quality", "text")
    assert "\n" not in str(refused.value)


def test_a_sender_that_is_no_address_and_a_server_that_does_not_answer_are_told() -> None:
    with pytest.raises(NotSent, match="not a mail address"):
        send(NOWHERE._replace(sender="qms@["), "anna@example.org", "Quality", "text")
    with pytest.raises(NotSent, match="localhost:1"):
        send(NOWHERE, "安娜@example.org", "Quality", "text")
