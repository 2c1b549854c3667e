"""The cases of every rule: each with the smallest change that breaks it, and near misses."""

from __future__ import annotations

from datetime import date

from cases import ERROR, NOTE, WARNING, Case
from outcome_cases import AFTERWARDS
from publication_cases import PUBLICATION
from visa_cases import VISA

from pemdocs.model import FieldName

HOST_PERSON = {
    "id": "BE-004-A",
    "company": "BE-004",
    "role": "counterpart",
    "given_names": "Jan",
    "family_name": "Maes",
}
OTHER_COMPANY = {"id": "BE-004", "name": "Maes", "country": "BE"}
SECOND_PAIR_NEED = {"id": "N-08-1", "partnership": "P-08", "kind": "need"}
MEETING = {"id": "M-07-3", "partnership": "P-07", "date": "2026-09-16", "kind": "pair"}
TRAINING = {"id": "T-07-2", "partnership": "P-07", "approval": "proposed"}
LODGING = {"id": "L-07-2", "partnership": "P-07", "kind": "lodging"}
REFUSED = {"partnership": "P-07", "document": "partnership-charter", "signatory": "TEAM-01", "state": "refused"}
CONSENTED = {"partnership": "P-07", "document": "consent-sheet", "signatory": "SN-014-A", "state": "signed"} | {
    "signed_on": "2026-09-24"
}
CONSENT = {"id": "CS-9", "person": "SN-014-A", "covers": ["name"], "media": ["web"], "languages": ["fr"]}
LETTER_SIGNED = {"stay": "S-07", "document": "visa-invitation", "signatory": "BE-003-A", "state": "sign"}

SELECTED_OTHER = {
    "partnerships.1.decision": "retained",
    "partnerships.1.decision_date": "2026-03-20",
    "scores.…": {"partnership": "P-08", "criterion": "CR-1", "score": 3, "date": "2026-02-20"},
}

CASES = {
    "amount-without-currency": Case(
        WARNING,
        "companies![2].currency",
        {"companies.2.currency": None},
        ({"companies.2.turnover": None, "companies.2.currency": None}, {"logistics.0.amount": None}),
    ),
    "birth-date-unlikely": Case(
        ERROR,
        "people![1].birth_date",
        {"people.1.birth_date": "2010-11-17"},
        (
            {"people.1.birth_date": "2010-11-16"},
            {"people.1.birth_date": "1935-11-17"},
            {"people.0.birth_date": "2011-11-11"},
        ),
    ),
    "charter-too-long": Case(
        WARNING,
        "charters![0].aim.nl",
        {"charters.0.aim": {"fr": "Vendre.", "en": "To sell.", "nl": "v" * 156}},
        ({"charters.0.aim": {"fr": "v" * 155}},),
        {"language": "nl", "count": 156, "limit": 155, "over": 1},
    ),
    "charter-too-many-areas": Case(
        WARNING,
        "charters![0].areas.fr",
        {"charters.0.areas": {"fr": "Un\nDeux\n\nTrois\nQuatre\n" + "c" * 53}},
        ({"charters.0.areas": {"fr": "Un\nDeux\nTrois\nQuatre\n" + "c" * 52}},),
        {"language": "fr", "count": 6, "limit": 5},
    ),
    "charter-binds": Case(
        WARNING,
        "charters![0].aim.fr",
        {"charters.0.aim": {"fr": "Elles s’engagent à vendre.", "en": "They wish to sell.", "nl": "Zij willen."}},
        ({"charters.0.aim": {"fr": "Elles souhaitent vendre.", "en": "To sell.", "nl": "Verkopen."}},),
        {"words": "s’engagent", "language": "fr"},
    ),
    "company-name-long": Case(
        NOTE,
        "companies![0].name",
        {"companies.0.name": "C" * 61},
        ({"companies.0.name": "C" * 60},),
        {"count": 61, "limit": 60},
    ),
    "company-of-other-country": Case(
        ERROR, "partnerships![0].host_company", {"partnerships.0.host_company": "SN-015"}, ({},), {"country": "BE"}
    ),
    "created-in-the-future": Case(
        ERROR,
        "companies![0].created",
        {"companies.0.created": "2026-11-17"},
        ({"companies.0.created": "2026-11-16"}, {"companies.0.created": None}),
    ),
    "date-outside-cohort": Case(
        WARNING,
        "partnerships![0].mobility_end",
        {"cohorts.0.mobility_to": "2026-09-20"},
        ({"cohorts.0.mobility_to": "2026-09-20", "cohorts.0.mobility_from": None}, {"partnerships.0.cohort": None}),
    ),
    "due-outside-programme": Case(
        WARNING,
        "objectives![0].due",
        {"objectives.0.due": "2028-01-01"},
        (
            {"objectives.0.due": "2027-12-31"},
            {"objectives.0.due": "2026-01-01"},
            {"objectives.0.due": "2028-01-01", "cohorts.0.programme_end": None},
        ),
    ),
    "due-value-missing": Case(
        WARNING,
        "people![0].motivation",
        {"people.0.motivation": None},
        (
            {"partnerships.1.stage": "selection", "companies.2.address": None},
            {"companies.0.kbo": None},
            {"companies.1.ninea": None},
        ),
        {"case": "P-07", "stage": "after", "field": FieldName("people", "motivation")},
    ),
    "end-before-start": Case(
        ERROR,
        "partnerships![0].mobility_end",
        {"partnerships.0.mobility_end": "2026-09-12"},
        ({"partnerships.0.mobility_end": "2026-09-13"}, {"meetings.0.end": "10:00"}),
    ),
    "identifier-check-digit": Case(
        ERROR,
        "companies![0].ninea",
        {"companies.0.ninea": "001234568"},
        ({"companies.0.ninea": "3067221"},),
        {"format": "ninea"},
    ),
    "identifier-form": Case(
        ERROR,
        "people![0].phone",
        {"people.0.phone": "demander à Awa"},
        ({"people.0.phone": "77 100 00 14"}, {"people.1.phone": "0470 00 00 03"}),
        {"format": "phone"},
    ),
    "identifier-is-filing": Case(
        WARNING,
        "companies![0].rccm",
        {"companies.0.rccm": "SN-DKR-2019-M-12345"},
        ({"companies.0.rccm": "SN-DKR-2019-C-12345"},),
    ),
    "identifier-of-other-country": Case(
        ERROR,
        "companies![0].kbo",
        {"companies.0.kbo": "0403.019.261"},
        ({"companies.1.kbo": "0403.019.261", "companies.1.vat": None},),
        {"country": "SN"},
    ),
    "lodging-outside-mobility": Case(
        WARNING,
        "logistics![0].end",
        {"logistics.0.end": "2026-09-29"},
        (
            {"logistics.0.end": "2026-09-28", "logistics.0.start": "2026-09-11"},
            {"logistics.0.end": "2026-10-29", "logistics.0.kind": "insurance"},
        ),
    ),
    "measured-before-baseline": Case(
        ERROR,
        "measurements![0].date",
        {"measurements.0.date": "2026-03-11"},
        ({"measurements.0.date": "2026-03-12"}, {"objectives.0.baseline_date": None}),
    ),
    "measured-in-the-future": Case(
        WARNING,
        "measurements![0].date",
        {"measurements.0.date": "2026-11-17"},
        ({"measurements.0.date": "2026-11-16"},),
    ),
    "meeting-on-holiday": Case(
        NOTE,
        "meetings![0].date",
        {"meetings.0.date": "2026-05-01"},
        (
            {"meetings.0.date": "2026-07-21"},
            {"meetings.0.date": None},
        ),
        {"country": "SN"},
    ),
    "meetings-collide": Case(
        WARNING,
        "meetings![2].start",
        {"meetings.…": {**MEETING, "start": "11:29", "end": "12:00"}},
        (
            {"meetings.…": {**MEETING, "start": "11:30"}},
            {"meetings.…": {**MEETING, "start": "10:00", "date": "2026-09-18"}},
            {"meetings.…": MEETING},
        ),
        {"other": "meetings![0].start"},
    ),
    "mobility-over-90-days": Case(
        ERROR,
        "partnerships![0].mobility_end",
        {"partnerships.0.mobility_start": "2026-07-01", "partnerships.0.mobility_end": "2026-09-29"},
        ({"partnerships.0.mobility_start": "2026-07-01", "partnerships.0.mobility_end": "2026-09-28"},),
        {"days": 91, "limit": 90},
    ),
    "decision-against-scores": Case(
        WARNING,
        "partnerships![0].decision",
        {**SELECTED_OTHER, "partnerships.0.decision": "reserve"},
        ({**SELECTED_OTHER}, {"partnerships.0.decision": "reserve"}),
        {"case": "P-08"},
    ),
    "decision-not-followed": Case(
        WARNING, "partnerships![0].stage", {"partnerships.0.decision": "declined"}, ({"partnerships.0.decision": None},)
    ),
    "decision-too-early": Case(
        WARNING,
        "partnerships![0].decision_date",
        {"partnerships.0.decision_date": "2026-03-11"},
        ({"partnerships.0.decision_date": "2026-03-12"},),
    ),
    "decision-without-date": Case(
        WARNING,
        "partnerships![0].decision_date",
        {"partnerships.0.decision_date": None},
        ({"partnerships.0.decision": None},),
    ),
    "interim-target-astray": Case(
        WARNING,
        "objectives![0].interim",
        {"objectives.0.interim": 7},
        ({"objectives.0.interim": 6}, {"objectives.0.interim": None}),
    ),
    "interim-target-late": Case(
        WARNING,
        "objectives![0].interim_due",
        {"objectives.0.interim_due": "2027-06-30"},
        ({"objectives.0.interim_due": "2027-06-29"},),
    ),
    "no-version": Case(WARNING, "partnerships![1].id", {"versions.2": None}),
    "objective-not-smart": Case(
        WARNING,
        "objectives![0].baseline",
        {"objectives.0.baseline": None},
        ({"objectives.0.baseline": None, "partnerships.0.stage": "matching"},),
        {"letter": "M"},
    ),
    "other-case": Case(
        ERROR,
        "objectives![0].need",
        {"objectives.0.need": "N-08-1", "needs.…": SECOND_PAIR_NEED},
        ({"needs.…": SECOND_PAIR_NEED},),
        {"case": "P-07", "other": "P-08"},
    ),
    "person-of-other-company": Case(
        ERROR,
        "partnerships![0].host_person",
        {"partnerships.0.host_person": "BE-004-A", "people.…": HOST_PERSON, "companies.…": OTHER_COMPANY},
        ({"people.1.company": None},),
        {"person": "BE-004-A", "company": "BE-003"},
    ),
    "phase-against-mobility": Case(
        WARNING,
        "activities![0].phase",
        {"activities.0.start": "2026-09-13", "activities.0.end": "2026-09-14"},
        (
            {"activities.0.start": "2026-09-12", "activities.0.end": "2026-09-14"},
            {"activities.1.start": "2026-09-26", "activities.1.end": None},
            {"activities.1.start": "2026-09-01", "activities.1.end": "2026-09-13"},
            {"activities.0.start": "2026-09-20", "activities.0.end": None, "partnerships.0.mobility_start": None},
        ),
        {"phase": "before"},
    ),
    "phase-without-activity": Case(
        WARNING,
        "partnerships![0].id",
        {"activities.1": None},
        ({"activities.1": None, "partnerships.0.stage": "matching"},),
        {"phase": "during"},
    ),
    "rccm-of-other-country": Case(
        ERROR, "companies![0].rccm", {"companies.0.rccm": "CI-ABJ-2019-B-12345"}, ({},), {"country": "SN"}
    ),
    "region-of-other-country": Case(
        WARNING, "companies![0].region", {"companies.0.region": "BE-VLG"}, ({"companies.0.region": None},)
    ),
    "score-over-maximum": Case(ERROR, "scores![1].score", {"scores.1.score": 5.01}, ({"scores.1.score": 5},)),
    "charter-dated-otherwise": Case(
        WARNING,
        "charters![0].date",
        {"charters.0.date": "2026-09-25"},
        ({"charters.0.date": None}, {"charters.0.date": "2026-09-25", "signatures.1.state": "sent"}),
    ),
    "signature-of-other-person": Case(
        WARNING,
        "signatures![0].signatory",
        {"signatures.0.signatory": "COACH-01"},
        ({"signatures.0.signatory": "COACH-01", "signatures.0.state": "replaced"}, {"charters.0": None}),
        {"person": "COACH-01", "known": "SN-014-A, BE-003-A, TEAM-01"},
    ),
    "consents-not-entered": Case(
        WARNING,
        "signatures![3].state",
        {"signatures.…": CONSENTED},
        ({"signatures.…": CONSENTED | {"state": "sent"}}, {"signatures.…": CONSENTED, "consents.…": CONSENT}),
        {"person": "SN-014-A", "target": "consents"},
    ),
    "signature-to-come": Case(
        WARNING,
        "signatures![2].signed_on",
        {"signatures.2.signed_on": "2100-01-01"},
        ({"signatures.2.signed_on": "2100-01-01", "signatures.2.state": "sign"},),
    ),
    "signature-too-early": Case(
        WARNING,
        "signatures![2].signed_on",
        {"signatures.2.signed_on": "2026-09-09"},
        ({"signatures.2.signed_on": "2026-09-10"}, {"signatures.2.sent_on": None}),
        {"sent": date(2026, 9, 10)},
    ),
    "signature-undated": Case(
        WARNING,
        "signatures![2].signed_on",
        {"signatures.2.signed_on": None},
        ({"signatures.2.signed_on": None, "signatures.2.state": "sent"},),
    ),
    "signature-without-case": Case(
        WARNING,
        "signatures![0].partnership",
        {"signatures.0.partnership": None},
        ({"signatures.…": LETTER_SIGNED},),
        {"document": "partnership-charter"},
    ),
    "signatures-differ": Case(
        WARNING,
        "signatures![3].state",
        {"signatures.…": REFUSED},
        ({"signatures.…": REFUSED | {"version": 2}}, {"signatures.…": REFUSED | {"document": "charter-amendment"}}),
        {"other": "signatures![2].state", "person": "TEAM-01"},
    ),
    "signed-file-missing": Case(
        WARNING, "signatures![0].file", {"signatures.0.file": "signed/charter-P-07.pdf"}, ({},)
    ),
    "signatory-of-other-company": Case(
        ERROR,
        "charters![0].host_signatory",
        {"charters.0.host_signatory": "TEAM-01"},
        ({"charters.0.host_signatory": None},),
        {"person": "TEAM-01", "company": "BE-003"},
    ),
    "stage-without-partner": Case(
        ERROR,
        "partnerships![0].host_company",
        {"partnerships.0.host_company": None},
        ({"partnerships.0.host_company": None, "partnerships.0.stage": "matching"},),
        {"stage": "after"},
    ),
    "target-is-baseline": Case(
        ERROR, "objectives![0].target", {"objectives.0.target": 0}, ({"objectives.0.baseline": None},)
    ),
    "training-not-approved": Case(
        WARNING,
        "trainings![0].approval",
        {"trainings.0.approval": "proposed"},
        ({"trainings.0.approval": "declined", "trainings.0.start": None},),
    ),
    "training-ranks-broken": Case(
        WARNING,
        "trainings![1].rank",
        {"trainings.…": {**TRAINING, "rank": 4}},
        ({"trainings.…": {**TRAINING, "rank": 2}},),
        {"missing": "2"},
    ),
    "turnover-year-to-come": Case(
        ERROR,
        "companies![0].turnover_year",
        {"companies.0.turnover_year": 2027},
        ({"companies.0.turnover_year": 2026},),
    ),
    "vat-against-kbo": Case(
        ERROR,
        "companies![1].vat",
        {"companies.1.vat": "BE 0403.019.261"},
        ({"companies.1.vat": "be1000000120"}, {"companies.1.vat": None}, {"companies.1.kbo": None}),
    ),
    "version-before-earlier": Case(
        ERROR,
        "versions![1].date",
        {"versions.0.date": "2026-11-17"},
        ({"versions.0.date": "2026-11-16"},),
        {"version": "1.1", "earlier": "1.0"},
    ),
    "witness-is-party": Case(
        ERROR, "charters![0].witness", {"charters.0.witness": "BE-003-A"}, ({"charters.0.witness": None},)
    ),
    "women-over-employees": Case(
        ERROR,
        "companies![0].women_employees",
        {"companies.0.women_employees": 13},
        ({"companies.0.women_employees": 12}, {"companies.0.employees": None}),
    ),
    **VISA,
    **AFTERWARDS,
    **PUBLICATION,
}
