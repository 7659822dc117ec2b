"""Keys: what drawings of Threat Dragon and models of the Threat Model Library may say."""

from __future__ import annotations

from lawful.importers._keys import keys

__all__ = ["DRAWN", "LIBRARY"]

_FACTS = (
    "type name description threats threatFrequency hasOpenThreats isTrustBoundary outOfScope "
    "reasonOutOfScope isBidirectional isEncrypted isPublicNetwork protocol isALog isSigned "
    "storesCredentials storesInventory handlesCardPayment handlesGoodsOrServices isWebApplication "
    "privilegeLevel providesAuthentication containedElements crossingFlows trustBoundaryIds"
)
#: What the canvas keeps of a shape; `$$hashKey` and the like are of who drew it.
_CANVAS = (
    "id shape view markup attrs ports zIndex z position size angle visible animation parent "
    "children embeds labels defaultLabel router connector vertices smooth manhattan tools "
    "component html width height x y data>facts_of_a_cell source>an_end_of_a_flow "
    "target>an_end_of_a_flow $*"
)
#: Of the model and of the drawing of version 1 as such others have keys of their own.
DRAWN = keys(
    "Threat Dragon",
    a_model="summary detail>the_detail ~",
    the_detail="diagrams>a_diagram ~",
    a_diagram=(
        "id title description diagramType placeholder thumbnail version size cells>a_cell "
        "diagramJson>the_JSON_of_a_diagram $*"
    ),
    the_JSON_of_a_diagram="cells>a_cell ~",
    a_cell=f"{_FACTS} {_CANVAS}",
    facts_of_a_cell=f"{_FACTS} $*",
    an_end_of_a_flow=(
        "cell id port selector magnet anchor connectionPoint priority x y dx dy name args"
    ),
)
LIBRARY = keys(
    "the Threat Model Library",
    a_model=(
        "$schema version scope>the_scope description repo_link frozen released_at reviewed_at "
        "product_release_date release_docs_link diagrams trust_zones trust_boundaries "
        "actors>an_actor components>a_component data_stores>a_data_store data_sets>a_data_set "
        "data_flows>a_data_flow assumptions threat_personas threats controls risks extensions"
    ),
    the_scope="title description business_criticality data_sensitivity exposure tier",
    an_actor="symbolic_name title description type trust_zone permissions",
    a_component="symbolic_name title description trust_zone parent_component repo_link",
    a_data_store="symbolic_name title description trust_zone type vendor product",
    a_data_set=(
        "symbolic_name title description data_sensitivity access_control_methods record_count "
        "placements>a_placement"
    ),
    a_placement="data_store encrypted",
    a_data_flow=(
        "symbolic_name title description source>an_end_of_a_flow destination>an_end_of_a_flow "
        "encrypted has_sensitive_data"
    ),
    an_end_of_a_flow="object type",
)
