"""Keys: what relationships, transitions and interfaces of CALM may say."""

from __future__ import annotations

from lawful.importers._keys import keys

__all__ = ["CALM"]

_ENDS = (
    "source>an_end source-node>an_end from>an_end destination>an_end destination-node>an_end "
    "target>an_end to>an_end actor container nodes>an_end"
)
_KINDS = (
    "connects>the_ends_of_a_relationship interacts>the_ends_of_a_relationship "
    "deployed-in>the_ends_of_a_relationship composed-of>the_ends_of_a_relationship"
)
#: Nodes, relationships and flows may have keys of their own, which are counted one by one; and so may interfaces.
CALM = keys(
    "CALM",
    an_architecture=(
        "nodes>a_node relationships>a_relationship flows>a_flow transitions>a_transition *"
    ),
    a_node="interfaces>an_interface *",
    an_interface="unique-id protocol url value config>the_setting_of_an_interface ~",
    the_setting_of_an_interface="protocol url value ~",
    a_relationship=(
        f"relationship-type>the_kind_of_a_relationship {_KINDS} {_ENDS} parties>the_ends_of_a_relationship *"
    ),
    the_kind_of_a_relationship=f"{_KINDS} options",
    the_ends_of_a_relationship=f"{_ENDS} protocol description",
    an_end="node interfaces interface description",
    a_flow="transitions>a_transition *",
    a_transition=(
        "relationship-unique-id sequence-number description summary direction controls metadata"
    ),
)
