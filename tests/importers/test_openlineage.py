"""Events of OpenLineage: runs taken together, datasets and jobs, columns and what was masked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.importers.bringing import Brought, body, brought_in, corpus, refused, written


def event(
    inputs: list[Any] | None = None, outputs: list[Any] | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "eventType": "COMPLETE",
        "run": {"runId": "r1"},
        "job": {"namespace": "cron", "name": "nightly"},
        "inputs": inputs or [],
        "outputs": outputs or [],
        **more,
    }


def table(name: str, **facets: Any) -> dict[str, Any]:
    return {"namespace": "postgres://reader:secret@db:5432", "name": name, "facets": facets}


def columns(**fields: list[tuple[str, str, bool]]) -> dict[str, Any]:
    """A schema, and a lineage of each of its fields: the table, the field, whether it was masked."""
    lineage = {
        field: {
            "inputFields": [
                {
                    **table(source),
                    "field": column,
                    "transformations": [{"type": "DIRECT", "subtype": "X", "masking": masked}],
                }
                for source, column, masked in sources
            ]
        }
        for field, sources in fields.items()
    }
    return {
        "schema": {"fields": [{"name": field} for field in fields]},
        "columnLineage": {"fields": lineage},
    }


def told(folder: Path, *values: Any, name: str = "e.json") -> Brought:
    text = json.dumps(values[0]) if len(values) == 1 else "\n".join(map(json.dumps, values))
    return brought_in(written(folder, {name: text}), folder)


def test_a_job_stands_between_what_it_reads_and_writes(tmp_path: Path) -> None:
    brought = told(tmp_path, event([table("a")], [table("b")]))
    assert body(brought.flow) == (
        "system it\n\n"
        "store 'postgres://db:5432/a' \"a at postgres://db:5432\"\n"
        "store 'postgres://db:5432/b' \"b at postgres://db:5432\"\n"
        "service 'cron/nightly'\n\n"
        "'cron/nightly'         -> 'postgres://db:5432/b'\n"
        "'postgres://db:5432/a' -> 'cron/nightly'\n"
    )
    assert "secret" not in brought.flow


def test_the_events_of_a_run_are_taken_together_and_lines_are_events(tmp_path: Path) -> None:
    begun = event([table("a")], eventType="START")
    ended = event([], [table("b")])
    whole = body(told(tmp_path / "1", event([table("a")], [table("b")])).flow)
    assert body(told(tmp_path / "2", begun, ended).flow) == whole
    assert body(told(tmp_path / "3", [ended, begun]).flow) == whole
    assert body(told(tmp_path / "4", {"metadata": [begun, ended]}).flow) == whole


def test_what_failed_is_left_out_and_counted(tmp_path: Path) -> None:
    begun = event([table("a")], [table("b")], eventType="START")
    brought = told(
        tmp_path, begun, event(eventType="FAIL"), event(eventType="ABORT", run={"runId": "2"})
    )
    assert brought.system.flows == ()
    assert "2 runs that failed or were aborted: left out" in brought.flow


def test_only_the_run_that_failed_is_left_out(tmp_path: Path) -> None:
    bad = event([table("bad")], [table("b")], eventType="FAIL", run={"runId": "2"})
    nodes = told(tmp_path, event([table("a")], [table("b")]), bad).system.nodes
    assert set(nodes) == {"postgres://db:5432/a", "postgres://db:5432/b", "cron/nightly"}


def test_what_was_masked_comes_pseudonymised(tmp_path: Path) -> None:
    output = table("b", **columns(x=[("a", "x", True)], y=[("c", "y", False)]))
    flows = told(tmp_path, event([table("a"), table("c"), table("d")], [output])).system.flows
    out = {flow.id: flow for flow in flows if flow.target.endswith("/b")}
    masked = out["cron/nightly -> postgres://db:5432/b masked"]
    rest = out["cron/nightly -> postgres://db:5432/b"]
    assert [change.operation for change in masked.changes] == ["pseudonymised"]
    assert masked.from_flows == ("postgres://db:5432/a -> cron/nightly",)
    assert rest.changes == ()
    assert rest.from_flows == ("postgres://db:5432/c -> cron/nightly",)


def test_what_was_masked_in_part_comes_as_it_was(tmp_path: Path) -> None:
    output = table("b", **columns(x=[("a", "x", True)], y=[("a", "y", False)]))
    brought = told(tmp_path, event([table("a")], [output]))
    (flow,) = (flow for flow in brought.system.flows if flow.target.endswith("/b"))
    assert flow.changes == ()
    assert "1 datasets that were masked in part" in brought.flow


def test_a_lineage_of_some_fields_only_says_nothing_of_the_others(tmp_path: Path) -> None:
    facets = columns(x=[("a", "x", True)])
    facets["schema"]["fields"].append({"name": "another"})
    (flow,) = (
        flow
        for flow in told(tmp_path, event([table("c")], [table("b", **facets)])).system.flows
        if flow.target.endswith("/b")
    )
    assert flow.changes == flow.from_flows == ()


def test_another_name_of_a_dataset_is_that_dataset(tmp_path: Path) -> None:
    links = {"identifiers": [{"namespace": "file", "name": "/lake/a", "type": "LOCATION"}]}
    first = event([], [{"namespace": "file", "name": "/lake/a"}])
    second = event([table("a", symlinks=links)], [table("b")], job={"namespace": "n", "name": "j"})
    nodes = told(tmp_path, first, second).system.nodes
    assert "file/lake/a" not in nodes
    assert len(nodes) == 4


def test_what_was_dropped_gets_no_data_and_tags_are_counted(tmp_path: Path) -> None:
    gone = table("b", lifecycleStateChange={"lifecycleStateChange": "DROP"})
    tagged = table("a", tags={"tags": [{"key": "pii", "value": "true"}]}, odd={"x": 1})
    brought = told(tmp_path, event([tagged], [gone]))
    assert [flow.target for flow in brought.system.flows] == ["cron/nightly"]
    assert "1 tags of datasets" in brought.flow
    assert "1 facets of kinds that are not known" in brought.flow
    assert "pii" not in brought.flow


def test_tags_of_jobs_and_runs_are_counted(tmp_path: Path) -> None:
    tagged = {"tags": {"tags": [{"key": "env", "value": "prod"}]}}
    one = event([table("a")], [table("b")])
    one["job"]["facets"] = tagged
    one["run"]["facets"] = tagged
    assert "2 tags of jobs and runs" in told(tmp_path, one).flow


def test_a_name_that_is_an_address_is_told_without_users_and_keys(tmp_path: Path) -> None:
    named = {"namespace": "web", "name": "https://me:secret@a.org/x?token=secret"}
    brought = told(tmp_path, event([named], [table("a?b")]))
    assert set(brought.system.nodes) == {
        "web/https://a.org/x",
        "postgres://db:5432/a?b",
        "cron/nightly",
    }
    assert "secret" not in brought.flow


def test_placeholders_events_of_datasets_and_jobs_without_a_name(tmp_path: Path) -> None:
    lone = {"eventTime": "${json-unit.any-string}", "dataset": table("c")}
    nameless = event([table("a")], [], run={"runId": "${json-unit.any-string}"})
    del nameless["job"]
    nodes = told(tmp_path, lone, nameless).system.nodes
    assert set(nodes) == {"postgres://db:5432/a", "postgres://db:5432/c", "job of e.json/1"}


def test_the_order_of_files_is_nothing(tmp_path: Path) -> None:
    one, two = (
        event([table("a")], [table("b")]),
        event([table("b")], [table("c")], job={"name": "j"}),
    )
    files = written(tmp_path, {"1.json": json.dumps(one), "2.json": json.dumps(two)})
    forth, back = (
        brought_in(order, tmp_path / str(n)) for n, order in enumerate((files, files[::-1]))
    )
    assert body(forth.flow) == body(back.flow)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"eventType": "START", "job": 1}', "expected an object"),
        ('{"eventType": "START", "job": {"name": "j"}, "inputs": [1]}', "expected an object"),
        ('{"eventType": "START", "inputs": [{}]}', "neither a namespace nor a name"),
        ('{"eventType": "START", "job": {"name": "j"}', "this is not JSON"),
        ('{"eventType": "S", "job": {"name": "j"}}\n{"eventType": ', "e.json:2"),
        ('[1, "eventType", "job"]', "no event of OpenLineage"),
        ('{"eventType": "job"}', "no events of OpenLineage"),
        ('{"eventType": "S", "job": ' + "[" * 9_000, "nested too deeply"),
    ],
)
def test_what_is_not_whole_is_refused(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(written(tmp_path, {"e.json": text}), tmp_path, "--kind", "openlineage")
    said = capsys.readouterr().err
    assert message in said
    assert said.count("error:") == 1


# --- events beside the repository -----------------------------------------------------------------

EVENTS = corpus("openlineage", "*.json")


@pytest.mark.parametrize("file", EVENTS, ids=lambda file: f"{file.parent.parent.name}-{file.name}")
def test_published_events_are_a_system(file: Path, tmp_path: Path) -> None:
    assert brought_in([file], tmp_path).flow.startswith("# Imported (openlineage)")


@pytest.mark.skipif(not EVENTS, reason="the events are not beside the repository")
def test_a_published_union_reads_two_tables_into_one(tmp_path: Path) -> None:
    (file,) = (file for file in EVENTS if file.name == "cllUnionComplete.json")
    flows = brought_in([file], tmp_path).system.flows
    targets = {flow.target for flow in flows}
    assert len(flows) == 3
    assert len(targets) == 2


def test_what_a_dataset_is_made_of_flows_to_it_by_some_job(tmp_path: Path) -> None:
    made = table("b", **columns(x=[("a", "x", True)], y=[("a", "y", True), ("c", "y", False)]))
    alone = {"eventTime": "now", "dataset": made}
    read = event([made], [table("d")])
    for number, value in enumerate((alone, read)):
        brought = told(tmp_path / str(number), value)
        ends = {(f.source[-1], f.target[-1]): f for f in brought.system.flows}
        assert {("a", "b"), ("c", "b")} <= ends.keys()
        assert "'postgres://db:5432/a' -> 'postgres://db:5432/b' pseudonymised" in " ".join(
            brought.flow.split()
        )
        assert brought.flow.count("pseudonymised") == 1
    both = told(
        tmp_path / "both", alone, {**alone, "dataset": table("b", **columns(x=[("a", "x", False)]))}
    )
    assert "pseudonymised" not in both.flow


def test_a_lineage_that_could_not_be_told_whole_is_told(tmp_path: Path) -> None:
    run = {"runId": "r1", "facets": {"extractionError": {"totalTasks": 3, "failedTasks": 1}}}
    brought = told(tmp_path, event([table("a")], [table("b")], run=run))
    assert "1 runs whose lineage could not be told whole" in brought.flow
