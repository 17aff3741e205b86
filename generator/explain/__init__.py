"""``codeglot explain``: what was read in a text, and everything the documents say about it."""

from generator.explain.facts import Explainer
from generator.explain.reading import Reading, read, read_each
from generator.explain.said import Explanation, schema, to_json
from generator.explain.told import text

__all__ = ["Explainer", "Explanation", "Reading", "read", "read_each", "schema", "text", "to_json"]
