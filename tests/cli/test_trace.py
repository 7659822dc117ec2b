"""`lawful trace`: where data come from and go to, and what they owe."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_data_category(lawful: Run, shop: Path) -> None:
    outcome = lawful("trace", "card_number", ".")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == (
        "card_number: data\n"
        "\n"
        "begins at\n"
        "  buyer -> web_shop for card_processing  our_system.flow:22\n"
        "    card_number, identifiable, of buyer\n"
        "\n"
        "goes to\n"
        "  buyer -> web_shop for card_processing  our_system.flow:22\n"
        "    card_number, identifiable, of buyer\n"
        "  web_shop -> orders  our_system.flow:24\n"
        "    card_number, identifiable, of buyer\n"
        "  orders -> card_house  our_system.flow:25\n"
        "    card_number, identifiable, of buyer\n"
        "  orders -> customers  our_system.flow:26\n"
        "    card_last_four, identifiable, of buyer: comes from card_number\n"
        "  customers -> test_copy  our_system.flow:27\n"
        "    card_last_four, pseudonymised, of buyer: comes from card_number\n"
        "  customers on cloud_house  our_system.flow:15\n"
        "    card_last_four, identifiable, of buyer: comes from card_number\n"
        "\n"
        "is held at\n"
        "  card_house  our_system.flow:7\n"
        "    card_number, identifiable, of buyer\n"
        "  cloud_house  our_system.flow:6\n"
        "    card_last_four, identifiable, of buyer: comes from card_number\n"
        "  customers  our_system.flow:15\n"
        "    card_last_four, identifiable, of buyer: comes from card_number\n"
        "  orders  our_system.flow:13\n"
        "    card_number, identifiable, of buyer\n"
        "  test_copy  our_system.flow:16\n"
        "    card_last_four, pseudonymised, of buyer: comes from card_number\n"
        "  web_shop  our_system.flow:12\n"
        "    card_number, identifiable, of buyer\n"
        "\n"
        "Rule                  Verdict  Events  Clauses\n"
        "cards_in_development  kept          1  P-4\n"
        "how_long              kept          2  P-7\n"
        "lawful_basis          kept          1  P-5\n"
        "recipients            kept          2  P-1\n"
    )


def test_a_node(lawful: Run, shop: Path) -> None:
    outcome = lawful("trace", "newsletter", ".")
    assert outcome.status == 0
    assert outcome.out == (
        "newsletter: a node\n"
        "\n"
        "begins at\n"
        "  buyer -> newsletter  our_system.flow:23\n"
        "    email_address, identifiable, of buyer\n"
        "\n"
        "comes from\n"
        "  buyer -> newsletter  our_system.flow:23\n"
        "    email_address, identifiable, of buyer\n"
        "\n"
        "holds\n"
        "  newsletter  our_system.flow:14\n"
        "    email_address, identifiable, of buyer\n"
        "\n"
        "Rule          Verdict  Events  Clauses\n"
        "lawful_basis  kept          1  P-5\n"
        "marketing     kept          1  P-6\n"
    )


def test_what_may_be_the_data(lawful: Run, shop: Path) -> None:
    system = shop / "our_system.flow"
    system.write_text(system.read_text().replace(": card_number ", ": payment_data "))
    outcome = lawful("trace", "card_number", ".")
    assert "payment_data, identifiable, of buyer: may be card_number" in outcome.out


def test_unknown_data_may_be_anything(lawful: Run, shop: Path) -> None:
    system = shop / "our_system.flow"
    text = system.read_text().replace(
        "  service orders ", "  service attic  development\n  service orders "
    )
    system.write_text(text + "\nattic -> test_copy\n")
    outcome = lawful("trace", "card_number", ".")
    assert "unknown data" in outcome.out
    assert ": may be card_number" in outcome.out


def test_what_goes_nowhere(lawful: Run, shop: Path) -> None:
    outcome = lawful("trace", "fingerprint_data", ".")
    assert outcome.status == 2
    outcome = lawful("trace", "biometric_data", ".")
    assert (outcome.status, outcome.out) == (
        0,
        "biometric_data: data\n\nno rule met an event of it\n",
    )


def test_what_is_neither_a_node_nor_data(lawful: Run, shop: Path) -> None:
    outcome = lawful("trace", "custmers", ".")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        "error: `custmers` is neither a node of our_system nor a data category\n"
        "   = help: did you mean `customers`?\n"
    )
