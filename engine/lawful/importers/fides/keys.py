"""Keys: what the parts of resources of Fides may say, of version 1 and since."""

from __future__ import annotations

from lawful.importers._keys import keys

__all__ = ["FIDES"]

_STORED = (
    "name description data_categories data_uses data_purposes data_subjects data_qualifier retention "
    "fields>a_field fides_meta>the_meta_of_a_part fidesops_meta>the_meta_of_a_part meta tags"
)
#: The keys of resources themselves are counted one by one: versions have had many.
FIDES = keys(
    "Fides",
    system=(
        "privacy_declarations>a_privacy_declaration egress>an_end_of_a_flow ingress>an_end_of_a_flow *"
    ),
    a_privacy_declaration=(
        "id name data_categories data_use data_qualifier data_subjects dataset_references egress ingress "
        "cookies features flexible_legal_basis_for_processing legal_basis_for_processing "
        "impact_assessment_location retention_period processes_special_category_data "
        "special_category_legal_basis data_shared_with_third_parties third_parties shared_categories"
    ),
    an_end_of_a_flow="fides_key type data_categories",
    dataset="collections>a_collection *",
    a_collection=_STORED,
    a_field=_STORED,
    the_meta_of_a_part=(
        "references identity primary_key data_type length return_all_elements read_only "
        "custom_request_field masking_strategy_override redact after erase_after skip_processing "
        "partitioning"
    ),
    policy="rules>a_rule *",
    a_rule=(
        "fides_key name description data_qualifier data_categories>the_values_of_a_rule "
        "data_uses>the_values_of_a_rule data_subjects>the_values_of_a_rule"
    ),
    the_values_of_a_rule="matches values",
)
