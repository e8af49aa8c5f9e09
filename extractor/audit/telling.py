"""Steps of an explanation, put into the words of the list of rules."""

from __future__ import annotations

from extractor.audit.rules import Room, Rule, rules
from extractor.audit.where import Lines
from extractor.model import Issue, Span, Step

LONGEST = 80
"""Characters of a quotation; a longer one is cut in its middle."""


class Teller:
    """Makes the steps that explain the values of an issue."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.lines = Lines(issue)

    def rule(self, room: Room, name: str, span: Span | None = None) -> Step:
        """A rule that decided."""
        return self.said(name, rules(room)[name], span)

    def said(self, name: str, rule: Rule, span: Span | None = None) -> Step:
        """A rule with its meaning, under the name that stands in the output."""
        return self._step(name, rule, span, {}, is_rule=True)

    def step(self, name: str, span: Span | None = None, /, **values: str) -> Step:
        """A step that follows from a rule; ``values`` fill its sentence."""
        return self._step(name, rules("steps")[name], span, values, is_rule=False)

    def _step(self, name: str, rule: Rule, span: Span | None, values: dict[str, str], *, is_rule: bool) -> Step:
        return Step(
            name=name,
            is_rule=is_rule,
            meaning=rule.meaning.format(**values) if values else rule.meaning,
            zh=rule.zh.format(**values) if values else rule.zh,
            span=span,
            quote=self._quote(span) if span is not None else None,
            line=self.lines.line(span) if span is not None else None,
            page=self.lines.page(span) if span is not None else None,
        )

    def _quote(self, span: Span) -> str:
        words = "".join(self.issue.text[slice(*span)].split("\n")).strip()
        half = LONGEST // 2
        return words if len(words) <= LONGEST else f"{words[:half]}……{words[-half:]}"
