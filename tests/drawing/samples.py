"""Systems for the tests of drawing, built by hand: a conferencing service, and one of any size."""

from __future__ import annotations

from lawful.findings import Datum, Event, Finding, Reason, Report, RuleResult, Step, Verdict
from lawful.system.model import (
    Carried,
    Change,
    Fact,
    Flow,
    Guard,
    Node,
    Party,
    Role,
    Subject,
    System,
    Use,
)
from lawful_dsl.program import State
from lawful_dsl.vocabulary import Term, Vocabulary


def known(*values: str) -> Fact[str]:
    return Fact(values, True)


def flow(
    source: str,
    target: str,
    data: str = "",
    purposes: str = "",
    *,
    id: str = "",
    kind: str = "flow",
    changes: tuple[Change, ...] = (),
    guards: tuple[Guard, ...] = (),
    excluded: tuple[str, ...] = (),
) -> Flow:
    """A flow; no data is silence, `all` everything."""
    terms = data.split()
    carried = tuple(Carried("" if term == "all" else term, excluded) for term in terms)
    return Flow(
        id or f"{source} -> {target}",
        kind,
        source,
        target,
        carries=carried or None,
        uses=tuple(Use(name) for name in purposes.split()) or (Use(),),
        changes=changes,
        guards=guards,
    )


SUBPROCESSORS = (
    ("acme_cloud", "Acme Cloud", "hosting_provider", ("US", "IE")),
    ("northcolo", "North Colocation", "hosting_provider", ("CA",)),
    ("codehub", "CodeHub", "development_platform", ("US",)),
    ("logtail", "Logtail", "development_platform", ("US",)),
    ("crm_co", "CRM Company", "customer_management", ("US", "CA", "GB")),
    ("usermatic", "Usermatic", "user_management", ("US", "CA")),
    ("telecom_one", "Telecom One", "telecom_provider", ("US",)),
    ("freephone", "Freephone International", "toll_free_provider", ("US", "SG", "JP", "IN")),
    ("metrica", "Metrica", "analytics_provider", ("US", "CA")),
    ("cardpay", "CardPay", "card_processor", ("US",)),
    ("mailwave", "Mailwave", "email_provider", ("US",)),
    ("transcribe", "Transcribe.ai", "speech_provider", ("US",)),
)


def conferencing() -> System:
    """A conferencing service much like a real one: its owner, twelve sub-processors, three subjects."""
    parties = {
        "iotum": Party(
            "iotum",
            "Iotum Inc.",
            places=known("CA"),
            roles=(Role("controller"),),
        ),
        "ad_net": Party("ad_net", "AdNet", known("advertiser"), known("US")),
    }
    for id, label, kind, places in SUBPROCESSORS:
        role = (Role("sub_processor", acting_for="iotum"),)
        parties[id] = Party(id, label, known(kind), known(*places), known("dpa", "scc"), roles=role)
    subjects = {
        "subscriber": Subject("subscriber", "subscriber", "Subscriber", known("EEA", "US")),
        "participant": Subject("participant", "participant", "Participant", known("EEA")),
        "child": Subject("child", "participant", "Child", age=12, of="subscriber"),
    }
    ours = {
        "web_app": ("client", "Web app", "production", ""),
        "mobile_app": ("client", "Mobile app", "production", ""),
        "desk_phone": ("device", "Desk phone", "", ""),
        "gateway": ("service", "API gateway", "production", "acme_cloud"),
        "signup": ("service", "Sign-up", "production", "acme_cloud"),
        "consent_gate": ("service", "Consent gate", "production", "acme_cloud"),
        "billing": ("service", "Billing", "production", "acme_cloud"),
        "invoices": ("store", "Invoices", "production", "acme_cloud"),
        "accounts": ("store", "Accounts", "production", "acme_cloud"),
        "scheduler": ("service", "Scheduler", "production", "acme_cloud"),
        "media": ("service", "Media servers", "production", "northcolo"),
        "recordings": ("store", "Recordings", "production", "northcolo"),
        "call_records": ("store", "Call records", "production", "northcolo"),
        "transcripts": ("store", "Transcripts", "production", "acme_cloud"),
        "notifier": ("service", "Notifier", "production", "acme_cloud"),
        "support": ("service", "Support desk", "production", ""),
        "warehouse": ("store", "Warehouse", "production", "acme_cloud"),
        "dashboards": ("service", "Dashboards", "production", ""),
        "staging": ("service", "Staging", "testing", "acme_cloud"),
        "staging_db": ("store", "Staging database", "testing", "acme_cloud"),
        "tickets": ("service", "Ticket system", "development", ""),
        "developers": ("service", "Developer tools", "development", ""),
    }
    nodes = {
        id: Node(
            id,
            kind,
            label,
            owner="iotum",
            host=host,
            environments=known(environment) if environment else Fact(),
            places=parties[host].places if host else known("CA"),
        )
        for id, (kind, label, environment, host) in ours.items()
    }
    for id, subject in subjects.items():
        nodes[id] = Node(id, "subject", subject.label, subject=id)
    for id in parties:
        if id != "iotum":
            nodes[id] = Node(id, "recipient", owner=id, places=parties[id].places)
    nodes["calendar"] = Node("calendar", "source", "Calendar import")
    aggregated = (Change("aggregated"),)
    last_four = (Change("masking", "card_number", "card_last_four"),)
    unsold = (Guard(State("opted_out", "sale", "browser")),)
    flows = [
        flow(
            "subscriber",
            "web_app",
            "email_address password name phone_number card_number",
            "sign_up",
        ),
        flow("subscriber", "mobile_app", "email_address password voice", "conferencing"),
        flow("subscriber", "desk_phone", "voice phone_number", "conferencing"),
        flow("participant", "web_app", "name voice video chat_message", "conferencing"),
        flow("participant", "desk_phone", "voice phone_number", "conferencing"),
        flow("child", "web_app", "voice video", "conferencing"),
        flow("calendar", "scheduler", "calendar_entry contact", "scheduling"),
        flow("web_app", "gateway", "all", "service_provision"),
        flow("mobile_app", "gateway", "all", "service_provision"),
        flow("web_app", "consent_gate", "cookie_identifier ip_address", "consent_management"),
        flow("consent_gate", "metrica", "cookie_identifier ip_address", "analytics"),
        flow("web_app", "ad_net", "ip_address cookie_identifier", "advertising", guards=unsold),
        flow("desk_phone", "telecom_one", "voice phone_number", "dial_in"),
        flow("desk_phone", "freephone", "voice phone_number", "toll_free"),
        flow("telecom_one", "media", "voice call_detail_record", "dial_in"),
        flow("freephone", "media", "voice call_detail_record", "toll_free"),
        flow("gateway", "signup", "email_address password name", "sign_up"),
        flow("gateway", "media", "voice video chat_message", "conferencing"),
        flow("gateway", "billing", "card_number name billing_address", "payment"),
        flow("gateway", "scheduler", "calendar_entry contact", "scheduling"),
        flow("signup", "accounts", "email_address password name", "account_management"),
        flow("signup", "usermatic", "email_address name", "user_management marketing"),
        flow("billing", "cardpay", "card_number name", "payment", id="charge"),
        flow("billing", "cardpay", "card_number", "fraud_prevention", id="screen"),
        flow("cardpay", "billing", "transaction", "payment"),
        flow("billing", "invoices", "all", "accounting", excluded=("card_number",)),
        flow("billing", "accounts", "all", "account_management", changes=last_four),
        flow("billing", "staging", "all", "testing"),
        flow("staging", "staging_db", "all", "testing"),
        flow("staging", "tickets", "all", "debugging"),
        flow("tickets", "developers", "support_ticket", "debugging"),
        flow("developers", "codehub", "source_code", "development"),
        flow("developers", "logtail", "", "debugging"),
        flow("media", "recordings", "voice video", "recording"),
        flow("media", "call_records", "call_detail_record", "billing accounting"),
        flow("media", "transcribe", "voice", "transcription"),
        flow("transcribe", "transcripts", "transcript", "transcription"),
        flow("recordings", "web_app", "voice video", "playback"),
        flow("transcripts", "web_app", "transcript", "playback"),
        flow("scheduler", "notifier", "email_address calendar_entry", "reminders"),
        flow("notifier", "mailwave", "email_address calendar_entry", "reminders"),
        flow("accounts", "support", "name email_address phone_number", "customer_support"),
        flow("support", "crm_co", "support_ticket name email_address", "customer_support leads"),
        flow("call_records", "warehouse", "call_detail_record", "analytics", changes=aggregated),
        flow("accounts", "warehouse", "all", "analytics", changes=aggregated),
        flow("warehouse", "dashboards", "usage_statistic", "trend_analysis"),
        flow("dashboards", "metrica", "usage_statistic", "analytics"),
        flow("warehouse", "subscriber", "usage_statistic", "reporting"),
    ]
    for id, node in nodes.items():
        if node.host:
            flows.append(
                flow(id, node.host, "", "hosting", id=f"{id} on {node.host}", kind="hosting")
            )
    flows.append(
        flow("tickets", "codehub", "", "debugging", id="tickets access codehub", kind="access")
    )
    return System(
        "callbridge",
        "Callbridge conferencing",
        policies=("callbridge",),
        as_of="2024-05-01",
        parties=dict(sorted(parties.items())),
        subjects=dict(sorted(subjects.items())),
        nodes=dict(sorted(nodes.items())),
        flows=tuple(sorted(flows, key=lambda f: f.id)),
    )


def step(source: str, target: str, category: str, carrier: str = "") -> Step:
    return Step(carrier or f"{source} -> {target}", source, target, category)


def finding(
    verdict: Verdict,
    rule: str,
    category: str,
    carrier: str,
    ends: tuple[str, str],
    witness: tuple[Step, ...] = (),
    kind: str = "transfer",
) -> Finding:
    return Finding(
        verdict,
        "callbridge",
        rule,
        "critical",
        Datum(category, "identifiable", "subscriber", "subscriber", "subscriber -> web_app"),
        Event(kind, carrier, *ends),
        reason=Reason.UNDECLARED if verdict is Verdict.UNDETERMINED else None,
        messages=(("en", f"{category} must not go there"),),
        witness=witness,
    )


def checked() -> Report:
    """A path of three hops that ends in a broken transfer, and two that are undetermined."""
    path = (
        step("gateway", "billing", "card_number"),
        step("billing", "staging", "card_number"),
        step("staging", "tickets", "card_number"),
    )
    sold = (step("subscriber", "web_app", "ip_address"), step("web_app", "ad_net", "ip_address"))
    findings = (
        finding(
            Verdict.BROKEN,
            "no_cards_in_development",
            "card_number",
            "staging -> tickets",
            ("staging", "tickets"),
            path,
        ),
        finding(
            Verdict.UNDETERMINED,
            "no_sale_after_opt_out",
            "ip_address",
            "web_app -> ad_net",
            ("web_app", "ad_net"),
            sold,
        ),
        finding(
            Verdict.UNDETERMINED,
            "keep_as_promised",
            "voice",
            "recordings",
            ("recordings", "recordings"),
            kind="storage",
        ),
    )
    rules = tuple(RuleResult("callbridge", f.rule, f.verdict, broken=1) for f in findings)
    return Report("callbridge", "2024-05-01", ("callbridge",), rules, findings)


def generated(nodes: int, flows: int, parties: int = 8) -> System:
    """A system of so many nodes and flows, in clusters; every number in it is derived, none is drawn."""
    kinds = ("service", "store", "service", "client", "device")
    environments = ("production", "development", "testing")
    terms = [f"data_category_number_{n}" for n in range(17)]
    purposes = [f"purpose_of_kind_{n}" for n in range(7)]
    owners = {f"party_{n:02}": Party(f"party_{n:02}", places=known("CA")) for n in range(parties)}
    made = {}
    for n in range(nodes):
        id = f"node_{n:04}"
        made[id] = Node(
            id,
            "subject" if n % 20 == 0 else kinds[n % len(kinds)],
            f"Node with the number {n}",
            owner="" if n % 20 == 0 else f"party_{(n * 7 // 5) % parties:02}",
            environments=known(environments[n % 3]),
        )
    ids = list(made)
    joined = []
    for n in range(flows):
        source = (n * 13 + n // nodes) % nodes
        target = (source + 1 + (n * n * 5 + n // 3) % (nodes // 4)) % nodes
        if n % 11 == 0:
            source, target = target, source
        data = " ".join(terms[(n * 5 + i * 3) % len(terms)] for i in range(1 + n % 5))
        uses = " ".join(purposes[(n + i) % len(purposes)] for i in range(1 + n % 3))
        joined.append(flow(ids[source], ids[target], data, uses, id=f"flow_{n:05}"))
    return System("generated", parties=owners, nodes=made, flows=tuple(joined))


def vocabulary() -> Vocabulary:
    """Labels of some terms in English and Arabic."""
    terms = [
        Term("data", "card_number", labels=(("en", "Card number"), ("ar", "رقم البطاقة"))),
        Term("data", "email_address", labels=(("en", "Email"), ("ar", "عنوان البريد الإلكتروني"))),
        Term("data", "name", labels=(("en", "Name"), ("ar", "الاسم"))),
        Term("data", "password", labels=(("en", "Password"), ("ar", "كلمة المرور"))),
        Term("data", "voice", labels=(("en", "Voice"), ("ar", "الصوت"))),
        Term("data", "video", labels=(("en", "Video"), ("ar", "الفيديو"))),
        Term("purposes", "sign_up", labels=(("en", "Sign-up"), ("ar", "التسجيل"))),
        Term("purposes", "conferencing", labels=(("en", "Conferencing"), ("ar", "المؤتمرات"))),
        Term("purposes", "payment", labels=(("en", "Payment"), ("ar", "الدفع"))),
        Term("environments", "production", labels=(("en", "production"), ("ar", "الإنتاج"))),
        Term("places", "US", labels=(("en", "United States"), ("ar", "الولايات المتحدة"))),
        Term("places", "CA", labels=(("en", "Canada"), ("ar", "كندا"))),
    ]
    return Vocabulary({term.name: term for term in terms})
