"""A text after a decision, for a terminal: what was carried out, what was not and why, what a consolidated one has."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.exports import diff_text
from extractor.model import Amended, Outcome
from extractor.model.amendment import RefusedReason

REASONS: dict[RefusedReason, str] = {
    "target-missing": "没有所指的条款",
    "target-several": "所指的条款不止一处",
    "words-missing": "没有所引的文字",
    "words-several": "所引的文字不止一处",
    "text-missing": "没有新的文字",
    "place-missing": "没有所说的位置",
    "number-taken": "序号已被占用",
    "number-differs": "序号与决定所说不符",
    "not-of-this-text": "修改的是别的文件",
    "text-repealed": "废止本文件",
    "not-understood": "读不懂的指令",
}
"""Why an instruction was not carried out, in Chinese."""
_SHOWN = 60
"""Characters of an instruction that are shown from its beginning; the words that it brings may be pages."""


def told(made: Amended) -> str:
    """One line a refused instruction, with its reason and its words; then what a consolidated text has differently."""
    return "\n".join(_lines(made)) + "\n"


def _lines(made: Amended) -> Iterator[str]:
    others = [each for each in made.outcomes if each.reason == "not-of-this-text"]
    done = sum(each.applied for each in made.outcomes)
    yield f"{made.base.titles[0] or made.base.source} ← {made.decision.titles[0] or made.decision.source}"
    counts = f"指令 {len(made.outcomes)}：执行 {done}，未执行 {len(made.refused)}"
    yield counts + (f"，不涉及本文件 {len(others)}" if others else "")
    for outcome in (*made.refused, *others):
        yield f"  {'*' if outcome.reason != 'not-of-this-text' else ' '} {_refusal(outcome)}"
    if made.doubled:
        yield f"重复的条号：{'、'.join(made.doubled)}"
    if made.differences is not None:
        yield ""
        yield f"与 {made.differences.new.source} 比对："
        yield diff_text.plain(made.differences).rstrip("\n")


def _refusal(outcome: Outcome) -> str:
    said = " ".join(outcome.operation.said.split())
    reason = REASONS[outcome.reason] if outcome.reason is not None else ""
    return f"{reason}：{said[:_SHOWN]}{'…' if len(said) > _SHOWN else ''}"
