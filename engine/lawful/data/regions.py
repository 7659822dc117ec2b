"""Regions: in which country each region of the large clouds is.

As of November 2026. Sources: the lists of regions that the providers publish: Amazon Web Services
with its partitions (GovCloud, China, the European Sovereign Cloud), Google Cloud with its
multi-regions and dual-regions, Microsoft Azure with its government clouds and that of China.
Countries are terms of the places of `common`. A region in several countries has each of them; one
that only names a continent, of which there is no term, has none.
"""

from __future__ import annotations

import re

from lawful.data.regions_of_others import ATLAS, OTHERS
from lawful.data.tables import table

__all__ = ["places"]


_AMAZON = table("""
AE: me-central-1
AU: ap-southeast-2 ap-southeast-4
BH: me-south-1
BR: sa-east-1
CA: ca-central-1 ca-west-1
CH: eu-central-2
CN: cn-north-1 cn-northwest-1
DE: eu-central-1 eusc-de-east-1
ES: eu-south-2
FR: eu-west-3
HK: ap-east-1
ID: ap-southeast-3
IE: eu-west-1
IL: il-central-1
IN: ap-south-1 ap-south-2
IT: eu-south-1
JP: ap-northeast-1 ap-northeast-3
KR: ap-northeast-2
CL: sa-west-1
MX: mx-central-1
MY: ap-southeast-5
NZ: ap-southeast-6
SA: me-west-1
SE: eu-north-1
SG: ap-southeast-1
TH: ap-southeast-7
TW: ap-east-2
UK: eu-west-2
US: us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1
US: us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1
ZA: af-south-1
""")

_GOOGLE = table("""
AU: australia-southeast1 australia-southeast2
BE: europe-west1 europe-west
BE NL FI: eur3
BE UK: eur5
BR: southamerica-east1
CA: northamerica-northeast1 northamerica-northeast2
CH: europe-west6
CL: southamerica-west1
DE: europe-west3 europe-west10
DE CH: eur8
DE UK: eur7
ES: europe-southwest1
EU: eu
FI: europe-north1
FI NL: eur4
FR: europe-west9
HK: asia-east2
ID: asia-southeast2
IL: me-west1
IN: asia-south1 asia-south2
IT: europe-west8 europe-west12
JP: asia-northeast1 asia-northeast2 asia1
KR: asia-northeast3
MX: northamerica-south1
NL: europe-west4
NL DE: eur6
PL: europe-central2
QA: me-central1
SA: me-central2
SE: europe-north2
SG: asia-southeast1
TH: asia-southeast3
TW: asia-east1
UK: europe-west2
US: us us-central us-central1 us-central2 us-east1 us-east4 us-east5 us-east7 us-south1
US: us-west1 us-west2 us-west3 us-west4 us-west8 nam3 nam4 nam5 nam6 nam7 nam8 nam9 nam10 nam11
US: nam12 nam13 nam14 nam15 nam16
ZA: africa-south1
""")

_AZURE = table("""
AE: uaenorth uaecentral
AT: austriaeast
AU: australiaeast australiasoutheast australiacentral australiacentral2
BE: belgiumcentral
BR: brazilsouth brazilsoutheast
CA: canadacentral canadaeast
CH: switzerlandnorth switzerlandwest
CL: chilecentral
CN: chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3
DE: germanywestcentral germanynorth germanycentral germanynortheast
DK: denmarkeast
ES: spaincentral
FR: francecentral francesouth
HK: eastasia
ID: indonesiacentral
IE: northeurope
IL: israelcentral israelnorthwest
IN: centralindia southindia westindia southcentralindia jioindiawest jioindiacentral
IT: italynorth
JP: japaneast japanwest
KR: koreacentral koreasouth
MX: mexicocentral
MY: malaysiawest malaysiasouth
NL: westeurope
NO: norwayeast norwaywest
NZ: newzealandnorth
PL: polandcentral
QA: qatarcentral
SE: swedencentral swedensouth
SG: southeastasia
TW: taiwannorth taiwannorthwest
UK: uksouth ukwest uksouth2 uknorth
US: eastus eastus2 eastus3 eastusstg centralus centraluseuap eastus2euap northcentralus
US: southcentralus southcentralusstg westcentralus westus westus2 westus3
US: usgovvirginia usgovarizona usgovtexas usgoviowa usdodeast usdodcentral
US: usseceast ussecwest ussecwestcentral usnateast usnatwest
ZA: southafricanorth southafricawest
""")

_TABLES = {
    **OTHERS,
    "aws": _AMAZON,
    "google": _GOOGLE,
    "azure": _AZURE,
    "atlas": {**ATLAS, **{name.replace("-", "_"): where for name, where in _AMAZON.items()}},
}
#: What is a part of a region: the letter of a zone (`eu-west-1a`, `europe-west1-b`), a local zone.
_ZONE = {
    "aws": re.compile(r"([a-z]+(?:-[a-z]+)+-\d+)(?:[a-z]|-[a-z0-9-]+)$"),
    "google": re.compile(r"([a-z]+-[a-z]+\d+)-[a-z]$"),
}


def places(cloud: str, region: str) -> tuple[str, ...]:
    """The countries of a region or zone of `aws`, `google`, `azure` or another; none where it is not known.

    >>> places("aws", "eu-west-1b"), places("azure", "North Europe"), places("google", "EUR4")
    (('IE',), ('IE',), ('FI', 'NL'))
    >>> places("atlas", "US_EAST_1"), places("hcloud", "fsn1")
    (('US',), ('DE',))
    """
    name = region.rsplit("/", 1)[-1].strip().lower()
    if cloud == "azure":
        name = name.replace(" ", "")
    table, zone = _TABLES.get(cloud, {}), _ZONE.get(cloud)
    if name not in table and zone and (match := zone.match(name)):
        name = match[1]
    return table.get(name, ())
