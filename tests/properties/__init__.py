"""What must always hold: the properties of the contract by their numbers, and the tests of each.

1  tests.properties.test_agreement: test_1_engine_and_reference_agree
2  tests.properties.test_more: test_2_more_never_mends_what_a_forbid_found
3  tests.properties.test_names: test_3_renaming_ids_renames_the_findings
3  tests.properties.test_names: test_3_the_order_of_texts_and_statements_changes_nothing
3  tests.test_determinism: test_the_seed_of_hashes_makes_no_difference
4  tests.properties.test_witnesses: test_4_a_witness_replays
4  tests.properties.test_witnesses: test_4_a_repair_is_whole_and_no_part_of_it_is
5  tests.dsl.test_format: test_a_printed_policy_is_read_as_the_same_tree
5  tests.dsl.test_format: test_a_printed_system_is_read_as_the_same_tree
5  tests.dsl.test_format: test_formatting_a_policy_keeps_tree_and_comments
5  tests.dsl.test_format: test_formatting_a_system_keeps_tree_and_comments
6  tests.kernel.test_solve: test_the_solution_is_the_least
7  tests.properties.test_treatment: test_7_a_child_treated_as_its_parent_is_judged_as_the_parent
8  tests.properties.test_unknown: test_8_what_is_not_known_is_never_kept_for_it
9  tests.cli.test_bad_input: test_what_is_no_text_of_ours
9  tests.dsl.test_parser: test_junk_is_reported_and_shown_harmlessly
9  tests.importers.test_bad_input: test_a_text_that_is_no_model

That each of them can fail is shown by `test_can_fail.py`, on engines with one fault each. There is one engine so far:
property 6 is its solver against a naive one, and property 1 all of it against the reference.
"""
