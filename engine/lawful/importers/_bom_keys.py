"""Bom keys: what bills of materials of CycloneDX may say, of versions 1.2 to 1.7."""

from __future__ import annotations

from lawful.importers._keys import keys

__all__ = ["BOM"]

BOM = keys(
    "CycloneDX",
    a_bill=(
        "$schema bomFormat specVersion serialNumber version metadata>metadata components>a_component "
        "services>a_service dependencies>a_dependency externalReferences properties>a_property "
        "compositions vulnerabilities annotations formulation declarations definitions citations signature"
    ),
    metadata=(
        "timestamp lifecycles tools authors component>a_component manufacture manufacturer supplier "
        "licenses properties>a_property distributionConstraints"
    ),
    a_service=(
        "bom-ref provider>a_provider group name version description endpoints authenticated "
        "x-trust-boundary trustZone data>data licenses patentAssertions externalReferences "
        "properties>a_property services>a_service releaseNotes tags signature"
    ),
    data="flow classification name description governance>governance source destination",
    governance="owners custodians stewards",
    a_provider="bom-ref name url contact address",
    a_component=(
        "type mime-type bom-ref supplier manufacturer authors author publisher group name version "
        "versionRange isExternal description scope hashes licenses copyright patentAssertions cpe purl "
        "omniborId swhid swid modified pedigree externalReferences properties>a_property "
        "components>a_component evidence releaseNotes modelCard data>data_of_a_component cryptoProperties "
        "tags signature"
    ),
    data_of_a_component=(
        "bom-ref type name contents classification sensitiveData graphics description "
        "governance>governance"
    ),
    a_property="name value",
    a_dependency="ref dependsOn provides",
)
