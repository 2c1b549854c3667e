"""Facts of a report: its results, its money, its ratings, and how findings lead to recommendations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pemdocs.data.dataset import sourced
from pemdocs.data.registry import fact
from pemdocs.facts import comparing, indicators
from pemdocs.facts.comparing import Changes, Comparison
from pemdocs.facts.indicators import Breakdown, FrameworkRow, Number, Words, natural
from pemdocs.knowledge.rough import exact

CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")
"""The order of OECD/DAC, Better Criteria for Better Evaluation, 2019; the profile or ``rank`` may make another."""


class FunnelStep(NamedTuple):
    """A step of the selection with its number."""

    indicator: Any
    number: Number


class Budget(NamedTuple):
    """The budget: its latest total, the totals of other sources, its lines, the shares of the funders."""

    total: Any
    others: tuple[Any, ...]
    lines: tuple[Any, ...]
    shares: tuple[Any, ...]
    differ: bool


class Score(NamedTuple):
    """A criterion with its rating, or ``None``, and what the letter means."""

    criterion: str
    label: Words
    rating: Any
    score: str | None
    meaning: Words


class Node(NamedTuple):
    """An evaluation question with those below it."""

    question: Any
    depth: int
    children: tuple[Any, ...]


class Concluded(NamedTuple):
    """A conclusion with the questions it answers and the recommendations that follow from it."""

    conclusion: Any
    questions: tuple[Any, ...]
    recommendations: tuple[Any, ...]


class Level(NamedTuple):
    """A level at which a recommendation is to be followed."""

    code: str
    label: Words


class Advice(NamedTuple):
    """A recommendation with what it follows from and whom it is for."""

    recommendation: Any
    conclusions: tuple[Any, ...]
    levels: tuple[Level, ...]


class Period(NamedTuple):
    """The time that a report is about."""

    start: date | None
    end: date | None


class MetKind(NamedTuple):
    """How many interviews of a kind, with how many people."""

    kind: str
    interviews: int
    people: int


class Met(NamedTuple):
    """How many people were heard, in how many interviews and groups."""

    interviews: int
    people: int
    groups: int
    by_kind: tuple[MetKind, ...]


class Contradiction(NamedTuple):
    """Different values for the same thing on the same day."""

    indicator: Any
    date: date
    numbers: tuple[Number, ...]


@fact("report")
def framework(report: Any) -> tuple[FrameworkRow, ...]:
    """The results framework: each indicator with its target and what was reached by the day the data speaks of."""
    return indicators.framework_rows(report.indicators)


@fact("report")
def funnel(report: Any) -> tuple[FunnelStep, ...]:
    """The steps from those who applied to those who travelled."""
    return funnel_of(report.indicators)


def funnel_of(indicators: Iterable[Any]) -> tuple[FunnelStep, ...]:
    """The steps among these indicators, by rank, as far as their numbers are known."""
    steps = [each for each in indicators if "funnel" in (each.chart or ())]
    ranked = sorted(steps, key=lambda each: (each.rank is None, each.rank or 0, natural(each.record.id)))
    return tuple(FunnelStep(each, number) for each in ranked if (number := each.latest) is not None)


@fact("report")
def breakdowns(report: Any) -> tuple[Breakdown, ...]:
    """The results by sex, type, sector, region … of every indicator, but for those that are drawn beside others."""
    return comparing.alone(report.indicators)


@fact("report")
def comparisons(report: Any) -> tuple[Comparison, ...]:
    """The breakdowns that are drawn beside one another."""
    return comparing.comparisons(report.indicators)


@fact("report")
def changes(report: Any) -> tuple[Changes, ...]:
    """What was measured twice and is drawn as a change."""
    return comparing.changes(report.indicators)


@fact("report")
def budget(report: Any) -> Budget:
    """The budget lines by what they are."""
    by_kind: dict[str | None, list[Any]] = defaultdict(list)
    for line in report.budget_lines:
        by_kind[line.kind].append(line)
    totals = sorted(by_kind["total"], key=lambda line: line.as_of or date.min, reverse=True)
    amounts = {(line.amount, line.currency) for line in totals if line.amount is not None}
    return Budget(
        total=totals[0] if totals else None,
        others=tuple(totals[1:]),
        lines=(*by_kind["line"], *by_kind[None]),
        shares=tuple(by_kind["share"]),
        differ=len(amounts) > 1,
    )


@fact("report")
def scored(report: Any) -> tuple[Score, ...]:
    """Every criterion with its rating, in the report's own order where it has one."""
    ratings = {each.criterion: each for each in reversed(report.ratings)}
    ranks = {criterion: each.rank for criterion, each in ratings.items() if each.rank is not None}
    usual = report.dataset.programme.profile.get("report", {}).get("criteria", CRITERIA)
    order = sorted(usual, key=lambda each: (ranks.get(each, len(usual) + 1), usual.index(each)))
    return tuple(_score(report, criterion, ratings.get(criterion)) for criterion in order)


def _score(report: Any, criterion: str, rating: Any) -> Score:
    labels = report.dataset.tables["ratings"].fields["criterion"].labels[criterion]
    score = None if rating is None else rating.score
    return Score(criterion, labels, rating, score, _legend(report, "scores").get(str(score), {}))


def _legend(record: Any, name: str) -> Words:
    legends: Words = record.dataset.programme.codelists
    found: Words = legends.get(name, {})
    return found


@fact("report")
def question_tree(report: Any) -> tuple[Node, ...]:
    """The evaluation questions, each with those below it; a circle of parents is cut."""
    ordered = sorted(report.questions, key=lambda each: natural(each.record.id))
    below: dict[Any, list[Any]] = defaultdict(list)
    for each in ordered:
        below[each.parent if each.parent in ordered else None].append(each)
    seen: set[Any] = set()

    def node(question: Any, depth: int) -> Node:
        seen.add(question)
        return Node(question, depth, tuple(node(each, depth + 1) for each in below[question] if each not in seen))

    tops = [node(each, 1) for each in below[None]]
    return (*tops, *(node(each, 1) for each in ordered if each not in seen))


@fact("question", table="conclusions")
def answered_in(question: Any) -> tuple[Any, ...]:
    """The conclusions of the same report that answer a question."""
    found = (each for each in question.dataset.table("conclusions") if question in (each.questions or ()))
    return _of_report(question.report, found)


@fact("conclusion", table="recommendations")
def followed_by(conclusion: Any) -> tuple[Any, ...]:
    """The recommendations of the same report that follow from a conclusion."""
    found = (each for each in conclusion.dataset.table("recommendations") if conclusion in (each.conclusions or ()))
    return tuple(sorted(_of_report(conclusion.report, found), key=lambda each: natural(each.record.id)))


def _of_report(report: Any, records: Iterable[Any]) -> tuple[Any, ...]:
    """Those of the records that belong to the report: only these stand on its pages."""
    return tuple(each for each in records if each.report == report)


@fact("report")
def conclusion_rows(report: Any) -> tuple[Concluded, ...]:
    """The conclusions in order."""
    ordered = sorted(report.conclusions, key=lambda each: natural(each.record.id))
    return tuple(Concluded(each, _of_report(report, each.questions or ()), each.followed_by) for each in ordered)


@fact("report")
def recommendation_rows(report: Any) -> tuple[Advice, ...]:
    """The recommendations in order."""
    ordered = sorted(report.recommendations, key=lambda each: natural(each.record.id))
    return tuple(Advice(each, _of_report(report, each.conclusions or ()), each.level_rows) for each in ordered)


@fact("recommendation")
def level_rows(recommendation: Any) -> tuple[Level, ...]:
    """The levels of a recommendation with what the legend calls them."""
    legend = _legend(recommendation, "recommendation_levels")
    return tuple(Level(code, legend.get(code, {})) for code in recommendation.levels or ())


@fact("report", table="lessons")
def lesson_rows(report: Any) -> tuple[Any, ...]:
    """The lessons in order."""
    return tuple(sorted(report.lessons, key=lambda each: natural(each.record.id)))


@fact("report", table="milestones")
def timeline(report: Any) -> tuple[Any, ...]:
    """The milestones by their start."""
    return tuple(sorted(report.milestones, key=lambda each: (each.start or date.max, each.end or date.max)))


@fact("milestone")
def days(milestone: Any) -> int | None:
    """Days of a milestone, the first and the last included; one where it has no end."""
    if milestone.start is None:
        return None
    return int(((milestone.end or milestone.start) - milestone.start).days) + 1


@fact("report")
def period(report: Any) -> Period:
    """The time that the report is about."""
    return Period(report.period_start, report.period_end)


@fact("report")
def data_date(report: Any) -> date:
    """The last day that the report's own figures speak of; a cohort that goes on does not make them younger."""
    figures = (each.date for row in report.indicators for each in row.results)
    money = (each.as_of for each in report.budget_lines)
    days = [exact(each) for each in (*figures, *money) if each is not None]
    last: date = report.dataset.as_of
    return min(max(days, default=last), last)


@fact("report")
def snapshot(report: Any) -> bool:
    """Whether the documents show a day before that on which the report was submitted."""
    return report.submitted is not None and report.submitted > report.dataset.as_of


@fact("report")
def met(report: Any) -> Met:
    """How many were heard; an interview that does not say it is with one person."""
    counts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for each in report.interviews:
        kind = each.kind or "interview"
        counts[kind] += 1
        people[kind] += 1 if each.people is None else each.people
    by_kind = tuple(MetKind(kind, counts[kind], people[kind]) for kind in counts)
    return Met(counts["interview"], people.total(), counts["focus-group"], by_kind)


@fact("report", table="partnerships")
def pairs(report: Any) -> tuple[Any, ...]:
    """The pairs of the cohorts that had begun by the day that the report speaks of."""
    begun = (each for each in report.dataset.table("cohorts") if (each.programme_start or date.max) <= report.data_date)
    return tuple(pair for cohort in begun for pair in cohort.partnerships)


@fact("report", table="consents")
def pair_consents(report: Any) -> tuple[Any, ...]:
    """The consents of the companies of these pairs."""
    found = (each for pair in report.pairs for each in (pair.home_company, pair.host_company) if each is not None)
    return tuple(consent for company in dict.fromkeys(found) for consent in company.consents)


def contradictory(indicator: Any) -> list[list[Any]]:
    """The results of an indicator that give different values for the same part of it on the same day and stage."""
    same: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for each in indicator.results:
        if each.value is not None and each.date is not None:
            category = str(sorted((each.category or {}).items()))
            same[each.date, each.stage == "planned", each.dimension, category].append(each)
    return [group for group in same.values() if len({Decimal(each.value) for each in group}) > 1]


@fact("report")
def contradictions(report: Any) -> tuple[Contradiction, ...]:
    """Where the sources of the whole disagree, for a note under the table."""
    return tuple(
        Contradiction(indicator, group[0].date, tuple(n for n in indicator.history if n.date == group[0].date))
        for indicator in indicators.in_order(report.indicators)
        for group in contradictory(indicator)
        if group[0].dimension is None
    )


@fact("report")
def sources(report: Any) -> tuple[Words, ...]:
    """The sources of all figures, each once."""
    rows = indicators.in_order(report.indicators)
    figures = [sourced(each) for row in rows for each in (row, *row.results)]
    told = [*figures, *(sourced(each) for each in report.budget_lines)]
    return tuple({str(sorted(each.items())): each for each in told if each}.values())
