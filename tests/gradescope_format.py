"""Gradescope's format as a schema, and golden files of it, compared whole."""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA = json.loads((Path(__file__).parent / "results.schema.json").read_text())
GOLD = Path(__file__).parent / "gold" / "gradescope"


def assert_valid(content: Any) -> None:
    """It is what Gradescope's documentation says, and no score is more than can be had."""
    jsonschema.validate(content, SCHEMA)
    assert all(each.get("score", 0) <= each.get("max_score", 0) for each in content["tests"])


def assert_gold(content: Any, name: str) -> None:
    """The same as `tests/gold/gradescope/<name>.json`; UPDATE_GOLD=1 writes it anew."""
    assert_valid(content)
    path = GOLD / f"{name}.json"
    if os.environ.get("UPDATE_GOLD"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    wanted = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    assert content == wanted, "read the difference; if it is right: UPDATE_GOLD=1"
