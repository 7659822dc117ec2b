"""Regions of others: in which country the regions are of clouds that are not among the largest.

As of November 2026. Sources: the lists of regions that the providers publish. Atlas, of MongoDB, has names of its
own for the regions of Google Cloud and Azure; those of Amazon are theirs in capitals. Names are in small letters.
"""

from __future__ import annotations

from lawful.data.tables import table

__all__ = ["ATLAS", "OTHERS"]


#: What Atlas calls the regions of Google Cloud and Azure, and those in which it works on data.
ATLAS = table("""
AE: uae_central uae_north
AU: australia_central australia_central_2 australia_east australia_south_east australia_southeast_1
AU: australia_southeast_2 melbourne_aus sydney_aus
BE: western_europe
BR: brazil_south brazil_southeast saopaulo_bra south_america_east_1
CA: canada_central canada_east montreal_can north_america_northeast_1 north_america_northeast_2
CH: europe_west_6 switzerland_north switzerland_west
CL: chile_central south_america_west_1
DE: europe_west_10 europe_west_3 frankfurt_deu germany_north germany_west_central
ES: europe_southwest_1 spain_central
FI: europe_north_1
FR: europe_west_9 france_central france_south
HK: asia_east asia_east_2
ID: asia_southeast_2 indonesia_central
IE: dublin_irl europe_north
IL: israel_central middle_east_west_1
IN: asia_south_1 asia_south_2 india_central india_south india_west mumbai_ind
IT: europe_west_12 europe_west_8 italy_north
JP: asia_northeast_2 japan_east japan_west northeastern_asia_pacific tokyo_jpn
KR: asia_northeast_3 korea_central korea_south
MX: mexico_central north_america_south_1
MY: malaysia_west
NL: europe_west europe_west_4
NO: norway_east norway_west
NZ: new_zealand_north
PL: europe_central_2 poland_central
QA: middle_east_central_1 qatar_central
SA: middle_east_central_2
SE: europe_north_2 sweden_central sweden_south
SG: asia_south_east singapore_sgp southeastern_asia_pacific
TW: eastern_asia_pacific
UK: europe_west_2 london_gbr uk_south uk_west
US: central_us eastern_us oregon_usa us_central us_east us_east_2 us_east_4 us_east_5 us_north_central us_south_1
US: us_south_central us_west us_west_2 us_west_3 us_west_4 us_west_central virginia_usa western_us
ZA: africa_south_1 south_africa_north south_africa_west
""")

#: The regions of each provider that has machines of its own, or names of its own for those of others.
OTHERS = {
    "alicloud": table("""
AE: me-east-1
CN: cn-beijing cn-chengdu cn-guangzhou cn-hangzhou cn-heyuan cn-huhehaote cn-nanjing cn-qingdao cn-shanghai
CN: cn-shenzhen cn-wuhan-lr cn-wulanchabu cn-zhangjiakou cn-fuzhou
DE: eu-central-1
HK: cn-hongkong
ID: ap-southeast-5
JP: ap-northeast-1
KR: ap-northeast-2
MX: na-south-1
MY: ap-southeast-3
PH: ap-southeast-6
SA: me-central-1
SG: ap-southeast-1
TH: ap-southeast-7
UK: eu-west-1
US: us-east-1 us-west-1
"""),
    "cloudflare": table("""
EU: eu
US: fedramp
"""),
    "digitalocean": table("""
AU: syd1 syd
CA: tor1 tor
DE: fra1 fra
IN: blr1 blr
NL: ams2 ams3 ams
SG: sgp1 sgp
UK: lon1 lon
US: nyc1 nyc2 nyc3 nyc sfo1 sfo2 sfo3 sfo atl1 atl ric1
"""),
    "exoscale": table("""
AT: at-vie-1 at-vie-2
BG: bg-sof-1
CH: ch-dk-2 ch-gva-2
DE: de-fra-1 de-muc-1
HR: hr-zag-1
"""),
    "hcloud": table("""
DE: fsn1 nbg1 fsn1-dc8 fsn1-dc14 nbg1-dc3
FI: hel1 hel1-dc2
SG: sin sin-dc1
US: ash ash-dc1 hil hil-dc1
"""),
    "heroku": table("""
AU: sydney
CA: montreal
DE: frankfurt
EU: eu
IE: dublin
IN: mumbai
JP: tokyo
SG: singapore
UK: london
US: us virginia oregon
"""),
    "ibm": table("""
AU: au-syd
BR: br-sao
CA: ca-tor ca-mon
DE: eu-de
ES: eu-es
JP: jp-osa jp-tok
UK: eu-gb
US: us-east us-south
"""),
    "linode": table("""
AU: ap-southeast au-mel
BR: br-gru
CA: ca-central
DE: eu-central de-fra-2
ES: es-mad
FR: fr-par
ID: id-cgk
IN: ap-west in-maa in-bom-2
IT: it-mil
JP: ap-northeast jp-osa jp-tyo-3
NL: nl-ams
SE: se-sto
SG: ap-south sg-sin-2
UK: eu-west gb-lon
US: us-central us-east us-iad us-iad-2 us-lax us-mia us-ord us-sea us-southeast us-west
"""),
    "oci": table("""
AE: me-abudhabi-1 me-dubai-1
AU: ap-melbourne-1 ap-sydney-1
BR: sa-saopaulo-1 sa-vinhedo-1
CA: ca-montreal-1 ca-toronto-1
CH: eu-zurich-1
CL: sa-santiago-1 sa-valparaiso-1
CO: sa-bogota-1
DE: eu-frankfurt-1 eu-frankfurt-2
ES: eu-madrid-1 eu-madrid-2 eu-madrid-3
FR: eu-marseille-1 eu-paris-1
IL: il-jerusalem-1
IN: ap-hyderabad-1 ap-mumbai-1
IT: eu-milan-1 eu-turin-1
JP: ap-osaka-1 ap-tokyo-1
KR: ap-chuncheon-1 ap-seoul-1
MX: mx-monterrey-1 mx-queretaro-1
NL: eu-amsterdam-1
SA: me-jeddah-1 me-riyadh-1
SE: eu-stockholm-1
SG: ap-singapore-1 ap-singapore-2
UK: uk-cardiff-1 uk-london-1
US: us-ashburn-1 us-chicago-1 us-phoenix-1 us-sanjose-1
ZA: af-johannesburg-1
"""),
    "ovh": table("""
AU: syd syd1
CA: bhs bhs3 bhs5 ca-east-bhs ca-east-tor
DE: de de1 eu-west-lim lim
FR: eu-west-gra eu-west-par eu-west-rbx eu-west-sbg gra gra1 gra5 gra7 gra9 gra11 par rbx rbx-a sbg sbg3 sbg5 sbg7
IN: ap-south-mum ynm
PL: eu-central-waw waw waw1
SG: ap-southeast-sgp sgp sgp1
UK: eu-west-eri uk uk1
US: us-east-vin us-east-va us-west-hil us-west-or
"""),
    "planetscale": table("""
AU: ap-southeast-2 aws-ap-southeast-2
BR: aws-sa-east-1
DE: eu-central aws-eu-central-1
IE: eu-west aws-eu-west-1
IN: ap-south aws-ap-south-1
JP: ap-northeast aws-ap-northeast-1
SG: ap-southeast aws-ap-southeast-1
UK: aws-eu-west-2
US: us-east us-west aws-us-east-1 aws-us-east-2 aws-us-west-2 gcp-us-central1
"""),
    "render": table("""
DE: frankfurt
SG: singapore
US: ohio oregon virginia
"""),
    "scaleway": table("""
FR: fr-par fr-par-1 fr-par-2 fr-par-3
IT: it-mil it-mil-1
NL: nl-ams nl-ams-1 nl-ams-2 nl-ams-3
PL: pl-waw pl-waw-1 pl-waw-2 pl-waw-3
"""),
    "upcloud": table("""
AU: au-syd1
DE: de-fra1
DK: dk-cph1
ES: es-mad1
FI: fi-hel1 fi-hel2
NL: nl-ams1
NO: no-svg1
PL: pl-waw1
SE: se-sto1
SG: sg-sin1
UK: uk-lon1
US: us-chi1 us-nyc1 us-sjo1
"""),
    "vultr": table("""
AU: mel syd
BR: sao
CA: yto
CL: scl
DE: fra
ES: mad
FR: cdg
IL: tlv
IN: blr bom del
JP: itm nrt
KR: icn
MX: mex
NL: ams
PL: waw
SE: sto
SG: sgp
UK: lhr man
US: atl dfw ewr hnl lax mia ord sea sjc
ZA: jnb
"""),
}
