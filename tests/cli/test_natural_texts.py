"""Natural texts: what people type at once is read, and what a system uses is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

WORDS = """vocabulary calls "Words of a service for calls"

use common

purposes
  sign_up
  calling
  payment

data
  card_last4 is personal_data from card_number by masking

attribute breach_notice of system: period
"""

POLICY = """policy promises "What the service promises"
  by host   governs site shop_com, product calling_app
  effective 2024-04-08   text ar, sq

use calls

sites
  shop_com

products
  calling_app

states
  opted_out_of_calls

define minor as data_subject when age < 18
treat minor as subscriber when not known                               clause P-1, P-2
forbid collection of all_data from minor when known                     clause P-3

define sale as disclosure of personal_data to third_party when consideration = money

closed third_parties: disclosure of personal_data to third_party        clause P-4
  permit with express consent
  permit of ip_address to advertiser for advertising
  permit of return_address to message_recipient for message_delivery with implied consent      clause P-5
  admits helpers

closed helpers: disclosure of all_data to subprocessor            clause P-6
  cite "Who helps us"
  | to                   | of                               | for       | in             | clause   |
  | hosting_provider     | all except card_number           | hosting   | US, CA, IE, EU | P-7, P-8 |
  | development_platform | all except card_number, password | debugging | US             | P-9      |

forbid transfer of card_number, password to development, development_platform      clause P-9
  severity critical
  because en "Development gets neither card numbers nor passwords."
          nl "..."

forbid join of outside_source_data with account_data unless with express consent     clause P-10
forbid use of personal_data unless for within collected for
  unless with express consent
  unless guard opted_out of new_purpose                                 clause P-11
require basis in consent, contract for collection of personal_data      clause P-12
retain personal_data at most longer of contract_term, regulatory_extension     clause P-13
forbid sale when opted_out of sale                                      clause P-14
require passage through consent_gate before placement of marketing_cookie
require reach of erasure_request to storage of personal_data
assert breach_notice at most 72 hours
"""

SYSTEM = """system calling "Calls"  for policy promises

party host          controller   in CA
party cloud         hosting_provider   in US  under dpa, scc
party ad_net        advertiser   in US
subject subscriber  in EEA
subject child       is data_subject  age 12  not known  of subscriber

host {
  client  web_app
  service billing    production   on cloud
  store   accounts   production   on cloud   retention contract_term   encrypted
  service tickets    development
  store   warehouse  production
}

subscriber -> web_app   : email_address, password  for sign_up  on contract
child      -> web_app   : recording                for calling
web_app    -> billing   : card_number              for payment  tls
billing    -> accounts  : all except card_number
billing    -> tickets   : all masking card_number as card_last4      # without the masking: broken
accounts   -> warehouse : all  aggregated
web_app    -> ad_net    : ip_address  for advertising  unless opted_out of sale per browser
"""


@pytest.fixture
def calls(here: Path) -> Path:
    """A policy, its words and a system, as one types them."""
    Path("calls.law").write_text(WORDS)
    Path("promises.law").write_text(POLICY)
    Path("calling.flow").write_text(SYSTEM)
    return here


def test_what_is_typed_at_once_is_read(lawful: Run, calls: Path) -> None:
    outcome = lawful("check", "calling.flow")
    assert outcome.status in (1, 2)
    assert "error" not in outcome.err
    assert outcome.out.startswith("broken: calling: ")
    assert lawful("lint", "promises.law").status != 2


def test_a_masked_number_is_kept_and_a_bare_one_broken(lawful: Run, calls: Path) -> None:
    prohibition = "transfer to tickets"
    assert prohibition not in lawful("check", "calling.flow").out
    Path("calling.flow").write_text(SYSTEM.replace(" masking card_number as card_last4", ""))
    assert prohibition in lawful("check", "calling.flow").out


def test_what_is_typed_is_written_in_the_one_style_and_means_the_same(
    lawful: Run, calls: Path
) -> None:
    before = lawful("check", "calling.flow", "--format", "json").out
    assert lawful("fmt", "calling.flow", "promises.law").status == 0
    assert "contract_term  encrypted" in Path("calling.flow").read_text()
    after = lawful("check", "calling.flow", "--format", "json").out
    assert before.count('"fingerprint"') == after.count('"fingerprint"') > 0


# --- what a system uses ---------------------------------------------------------------------------


def test_a_system_has_the_words_of_a_vocabulary_of_its_own(lawful: Run, shop: Path) -> None:
    Path("ours.law").write_text("vocabulary ours\nuse common\ndata\n  shoe_size is personal_data\n")
    system = Path("our_system.flow").read_text().replace("postal_address", "shoe_size")
    Path("our_system.flow").write_text(system)
    assert "`shoe_size` is not known" in lawful("check", ".").err
    Path("our_system.flow").write_text(system + "\nuse ours\n")
    assert "error" not in lawful("check", ".").err


def test_a_system_has_the_words_of_a_vocabulary_that_is_shipped(lawful: Run, shop: Path) -> None:
    system = Path("our_system.flow").read_text()
    keyed = system.replace("postal_address", "'user.contact.address.street'")
    Path("our_system.flow").write_text(keyed)
    assert "is not known" in lawful("check", ".").err
    Path("our_system.flow").write_text(keyed + "\nuse fides\n")
    before, after = lawful("check", "."), lawful("draw", ".")
    assert "error" not in before.err + after.err


def test_a_system_uses_no_policy_and_nothing_that_is_nowhere(lawful: Run, shop: Path) -> None:
    with Path("our_system.flow").open("a") as system:
        system.write("use our_policy, fidess\n")
    outcome = lawful("check", ".")
    assert (outcome.status, outcome.out) == (2, "")
    assert "error: `our_policy` has rules, and a system uses vocabularies only" in outcome.err
    assert "error: there is no vocabulary `fidess`" in outcome.err
    assert "= help: did you mean `fides`?" in outcome.err
