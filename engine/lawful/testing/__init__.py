"""What tests are made of: `assert_lawful`, a pytest plugin, strategies for Hypothesis, and what tests Lawful itself.

Of what is heavy nothing is imported before it is used, so that pytest loads the plugin at no cost.
"""

from lawful.failure import Failure
from lawful.testing.asserting import assert_lawful

__all__ = ["Failure", "assert_lawful"]
