"""The cases of the rules about notes and reports: each with the smallest change that breaks it, and near misses."""

from __future__ import annotations

from cases import ERROR, NOTE, WARNING, Case
from projects import said

from pemdocs.model import Severity

TODAY = {"indicator": "IND-02", "date": "2026-10-31", "stage": "final", "source": "Registre"}
SECOND = {"id": "R2", "report": "REP-1", "title": said("Partir tôt"), "conclusions": ["C2"]}
OTHER = {"id": "CS-3", "person": "BE-003-A", "covers": ["quote", "name"], "media": ["web"], "languages": ["fr"]}
QUOTE = "quotes![0].consent"
PHOTO = "photographs![0].consents"


def consent(**changes: object) -> dict[str, object]:
    """The consent of the person quoted, changed."""
    return {f"consents.0.{name}": value for name, value in changes.items()}


def alone(severity: Severity, changes: dict[str, object], *keeps: dict[str, object], **facts: object) -> Case:
    """A case of a quote: the photograph is in no note."""
    without = {"notes.0.photographs": None}
    told = {"note": "N-1", **facts}
    return Case(severity, QUOTE, {**without, **changes}, tuple({**without, **each} for each in keeps) or ({},), told)


PUBLICATION = {
    "companies-unnamed": Case(
        NOTE,
        "reports![0].id",
        {"consents.3.media": ["print"]},
        ({"consents.3.languages": ["fr"]}, {"consents.3": None, "cohorts.0.programme_start": "2026-11-01"}),
        {"companies": "BE-003"},
    ),
    "accepted-without-action": Case(
        WARNING,
        "recommendations![0].id",
        {"actions.1": None, "actions.0": None},
        ({"actions.1": None, "actions.0": None, "recommendations.0.response": "declined"}, {"actions.0": None}),
    ),
    "action-date-without-done": Case(
        WARNING,
        "actions![0].status",
        {"actions.0.status": None, "actions.0.due": "2027-01-31"},
        ({"actions.0.status": None, "actions.0.done": None},),
    ),
    "action-done-without-date": Case(
        WARNING, "actions![0].done", {"actions.0.done": None}, ({"actions.0.done": "2026-11-11"},)
    ),
    "action-dropped-without-reason": Case(
        WARNING,
        "actions![1].progress",
        {"actions.1.status": "dropped"},
        ({"actions.1.status": "dropped", "actions.1.progress": said("Sans budget")},),
    ),
    "action-incomplete": Case(
        WARNING, "actions![1].owner", {"actions.1.owner": None, "actions.1.due": None}, ({"actions.1.progress": None},)
    ),
    "action-overdue": Case(
        WARNING,
        "actions![1].due",
        {"actions.1.due": "2026-11-14"},
        ({"actions.1.due": "2026-11-15"}, {"actions.1.due": "2026-11-14", "actions.1.status": "dropped"}),
    ),
    "company-betrays-speaker": Case(
        WARNING,
        "quotes![0].person",
        {"consents.0.covers": ["quote"], "notes.0.text": said("Chez Fonio du Cap, deux jurys.")},
        (
            {"consents.0.covers": ["quote"]},
            {"notes.0.text": said("Chez Fonio du Cap, deux jurys.")},
            {"consents.0.covers": ["quote"], "notes.0.text": said("Chez De Linde, deux jurys.")},
        ),
        {"note": "N-1", "item": "Q-1"},
    ),
    "conclusion-not-followed": Case(
        NOTE,
        "conclusions![1].id",
        {"recommendations.0.conclusions": ["C1"]},
        ({"recommendations.0.conclusions": ["C1"], "recommendations.…": SECOND},),
    ),
    "consent-ended": alone(
        WARNING,
        consent(until="2026-11-15"),
        consent(until="2026-11-16"),
        consent(until=None, valid_from="2026-11-16"),
        consent(valid_from=None),
    ),
    "consent-ends-soon": Case(
        WARNING,
        "consents![0].until",
        {"consents.0.until": "2027-02-14"},
        (
            {"consents.0.until": "2027-02-15"},
            {"consents.0.until": None},
            {"consents.0.until": "2027-02-14", "consents.0.withdrawn": "2026-11-01"},
        ),
        {"consent": "CS-1"},
    ),
    "consent-not-for-language": alone(
        WARNING,
        consent(languages=["en", "nl"]),
        consent(languages=["fr"]),
        language="fr",
    ),
    "consent-not-for-medium": alone(
        WARNING,
        consent(media=["print", "donor"]),
        consent(media=["web"]),
        {**consent(media=["print"]), "notes.0.medium": "print"},
        medium="web",
    ),
    "consent-of-other-person": alone(
        WARNING,
        {"quotes.0.consent": "CS-2"},
        {"quotes.0.consent": "CS-3", "consents.…": OTHER, "quotes.0.person": "BE-003-A"},
    ),
    "consent-withdrawn": alone(
        WARNING,
        consent(withdrawn="2026-11-01"),
        {**consent(withdrawn="2026-11-01"), "notes.0.quotes": None},
    ),
    "criterion-not-rated": Case(
        WARNING,
        "reports![0].id",
        {"ratings.5": None},
        ({"ratings.0.rank": 7},),
        {"criterion": "impact"},
    ),
    "figure-without-source": Case(
        WARNING,
        "budget_lines![0].source",
        {"budget_lines.0.source": None},
        ({"indicators.0.source": None}, {"budget_lines.0.source": None, "budget_lines.0.amount": None}),
    ),
    "figures-contradict": Case(
        WARNING,
        "results![7].value",
        {"results.…": {**TODAY, "value": 46}},
        (
            {"results.…": {**TODAY, "value": 47}},
            {"results.…": {**TODAY, "value": 46, "date": "2026-10-30"}},
            {"results.…": {**TODAY, "value": 60, "stage": "planned"}},
            {"results.…": {**TODAY, "value": 9, "dimension": "sex", "category": said("Autre")}},
        ),
        {"other": "results![2].value"},
    ),
    "markdown-not-allowed": Case(
        WARNING,
        "lessons![0].text.fr",
        {"lessons.0.text": {"fr": "Une ![photo](x.png)"}},
        (
            {
                "lessons.0.text": {
                    "fr": "## Titre\n- *un*\n- [deux](https://a.example)\n\n1. **a**\n2. b\nC’est 3 < 4 & _5_"
                }
            },
        ),
        {"language": "fr", "markdown": "image"},
    ),
    "name-in-public-text": Case(
        ERROR,
        "notes![0].context.fr",
        {"notes.0.context": said("L’atelier de M. Sarr")},
        (
            {"notes.0.context": said("L’atelier de Mme Ndiaye, chez Fonio du Cap")},
            {"notes.0.context": said("Le cap de Gand, un sarrau et la teranga")},
            {"coordination.0.note": said("L’atelier de M. Sarr")},
        ),
        {"case": "N-1", "sort": "name", "language": "fr", "around": "L’atelier de •••"},
    ),
    "name-perhaps-in-public-text": Case(
        WARNING,
        "notes![0].context.fr",
        {"notes.0.context": said("Une baisse, Fall en anglais")},
        ({"notes.0.context": said("Une baisse, fall en anglais")},),
        {"sort": "name"},
    ),
    "name-withheld": alone(
        NOTE,
        consent(covers=["quote"]),
        consent(covers=["quote", "name"]),
        {**consent(covers=["quote"]), "notes.0.quotes": None},
    ),
    "company-logo-missing": Case(
        WARNING,
        "companies![0].logo",
        {"companies.0.logo": "logos/none.png", "notes.0.file": None},
        ({"companies.0.logo": "photos/F-1.png", "notes.0.file": None}, {"companies.0.logo": None}),
    ),
    "note-file-missing": Case(
        WARNING,
        "notes![1].file",
        {"notes.1.file": "notes/N-3.md"},
        ({"notes.1.file": "N-2.md"}, {"notes.1.file": "notes/N-2.fr.md"}, {"notes.1.file": None}),
    ),
    "note-file-not-plain": Case(
        WARNING,
        "notes![1].file",
        {"notes.1.file": "notes/N-9.md"},
        facts={"language": "fr", "markdown": "blockquote"},
    ),
    "remark-internal": Case(
        NOTE,
        "indicators![0].note_public",
        {"indicators.0.note": said("Une fois chacune"), "indicators.0.note_public": None},
        (
            {"indicators.0.note_public": True},
            {"indicators.0.note_public": False},
            {"indicators.0.note": None, "indicators.0.note_public": None},
        ),
    ),
    "percentage-of-unknown": Case(
        WARNING,
        "indicators![1].base",
        {"indicators.1.unit": {"fr": "%"}},
        (
            {"indicators.1.unit": {"fr": "%"}, "indicators.1.base": "IND-01"},
            {"indicators.1.unit": {"fr": "%"}, "indicators.1.people": False},
        ),
        {"least": 5},
    ),
    "number-suppressed": Case(
        NOTE,
        "results![3].value",
        {"results.3.value": 4},
        (
            {"results.3.value": 5},
            {"results.3.value": 0},
            {"results.3.value": 4, "indicators.1.people": False},
            {"results.3.value": 4, "results.3.stage": "planned"},
        ),
        {"least": 5},
    ),
    "photograph-missing": Case(
        WARNING,
        "photographs![0].file",
        {"photographs.0.file": "photos/F-2.png"},
        ({"photographs.0.file": "F-1.png"},),
    ),
    "photograph-people-unsaid": Case(
        WARNING,
        "photographs![0].people",
        {"photographs.0.people": None},
        ({"photographs.0.people": None, "photographs.0.nobody": True}, {"notes.0.photographs": None}),
        {"note": "N-1", "item": "F-1"},
    ),
    "photograph-without-alt": Case(WARNING, "photographs![0].alt", {"photographs.0.alt": None}),
    "photograph-without-consent": Case(
        WARNING,
        PHOTO,
        {"photographs.0.consents": ["CS-1"]},
        (
            {"photographs.0.consents": ["CS-1"], "photographs.0.people": ["SN-014-A"]},
            {"photographs.0.consents": None, "photographs.0.people": None, "photographs.0.nobody": True},
        ),
        {"note": "N-1"},
    ),
    "question-not-answered": Case(
        WARNING,
        "questions![2].answer",
        {"conclusions.0.questions": ["QE3.1"]},
        ({"questions.1.answer": None}, {"questions.2.answer": said("Oui"), "conclusions.0.questions": None}),
    ),
    "quote-without-consent": alone(
        WARNING,
        {"quotes.0.consent": None},
        {"quotes.0.consent": None, "notes.0.quotes": None},
    ),
    "rating-outside-legend": Case(
        ERROR, "ratings![0].score", {"ratings.0.score": "E"}, ({"ratings.0.score": "D"},), {"known": "A, B, C, D"}
    ),
    "recommendation-without-response": Case(
        NOTE,
        "recommendations![0].response",
        {"recommendations.0.response": None},
        ({"recommendations.0.response": None, "reports.0.submitted": None}, {"recommendations.0.response": "accepted"}),
    ),
    "response-without-reason": Case(
        WARNING,
        "recommendations![0].response_text",
        {"recommendations.0.response": "partly", "recommendations.0.response_text": None},
        ({"recommendations.0.response_text": None}, {"recommendations.0.response": "declined"}),
    ),
    "recommendation-without-conclusion": Case(
        ERROR,
        "recommendations![0].conclusions",
        {"recommendations.0.conclusions": None},
        ({"recommendations.0.conclusions": ["C2"]},),
    ),
    "terminology": Case(
        WARNING,
        "ratings![1].text.en",
        {"ratings.1.text": {"fr": "CAD et ICMPD", "en": "Consistency is good"}},
        (
            {"ratings.1.text": {"fr": "Consistency", "en": "Coherence, consistency, DAC", "nl": "DAC"}},
            {"partnerships.0.home_aim": said("ICDPM")},
        ),
        {"wrong": "Consistency", "right": "Coherence", "language": "en"},
    ),
}
