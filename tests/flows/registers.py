"""The tables of the policies as they were read from the documents, where they lie beside the checkout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[3] / "shared" / "clauses" / "registers.yaml"

#: Where a table's word is not the policy's.
WORDS = {
    "provide_collaboration_apps": "collaboration_apps",
    "credit_card_processing": "card_processing",
    "credit_card_number": "card_number",
    "debugging_and_logging": "debugging",
    "dial_in_service": "dial_in_numbers",
    "tollfree_service": "toll_free_numbers",
    "required_for_requested_service": "contract",
    "user_management_saas": "user_management_platform",
    "dev_environment": "development_platform",
    "crm_saas": "crm_provider",
    "tollfree_provider": "toll_free_provider",
    "analytics_saas": "analytics_provider",
    "customer_at_signup": "customer",
    "operations_systems": "operations_system",
    "email_services": "email_service",
    "video_engagement_platform": "video_platform",
    "conversation_channels": "conversation_channel",
    "push_notifications": "push_notification",
    "cdp": "customer_data_platform",
    "us": "US",
    "canada": "CA",
    "ireland": "IE",
    "japan": "JP",
    "india": "IN",
    "singapore": "SG",
    "hong_kong": "HK",
    "uk": "UK",
    "australia": "AU",
    "eu": "EU",
}


@dataclass(frozen=True)
class Row:
    """A row of a table: its columns, in the words of the policy."""

    number: int
    columns: dict[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.columns.get(name, ())


def rows(table: str) -> list[Row]:
    """The rows of one of the tables: `name: value` or `name: [value, value]`, over several lines."""
    text = FILE.read_text("utf-8")
    section = re.search(rf"^  {table}:\n((?:    .*\n)+)", text, re.MULTILINE)
    assert section
    found = []
    for entry in re.split(r"^    - (?=row: )", section[1], flags=re.MULTILINE)[1:]:
        lines = re.findall(r"^ *(\w+): (\[[^\]]*\]|[^\n]+)$", entry, re.MULTILINE)
        columns = {
            name: tuple(
                WORDS.get(word, word) for word in re.split(r",\s*", value.strip("[]")) if word
            )
            for name, value in lines
        }
        found.append(Row(int(columns["row"][0]), columns))
    return found
