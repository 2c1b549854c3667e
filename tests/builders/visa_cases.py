"""The cases of the rules about a visa dossier: each with the smallest change that breaks it, and near misses."""

from __future__ import annotations

from datetime import date

from cases import ERROR, NOTE, WARNING, Case

from pemdocs.model import Money

LATER = {"id": "S-08", "person": "SN-014-A", "destination": "BE", "exit": "2026-10-09"}
PARIS = {"stay": "S-07", "kind": "hotel", "country": "FR", "end": "2026-09-26"}
OBLIGATION = {"stay": "S-07", "kind": "formal-obligation", "currency": "EUR"}
PLEDGED = {**OBLIGATION, "guarantor": "COACH-01", "monthly_income": 3200, "legalised": "2026-07-06"}
BACK = {"stay": "S-07", "kind": "train", "from_country": "GB", "to_country": "BE", "departure_date": "2026-09-26",
        "arrival_date": "2026-09-26", "booking": "paid"}  # fmt: skip
UNREAD = {"travel_documents.0.mrz_1": None, "travel_documents.0.mrz_2": None}
OTHER_PASSPORT = {"id": "T-08", "person": "SN-014-A"}

VISA = {
    "activity-kind-missing": Case(
        WARNING,
        "meetings![0].activity_kind",
        {"meetings.0.activity_kind": None},
        (
            {"meetings.0.activity_kind": None, "meetings.0.date": "2026-09-12"},
            {"activities.1.activity_kind": None, "activities.1.status": "cancelled"},
            {"meetings.0.activity_kind": None, "stays.0.partnership": None},
        ),
    ),
    "activity-on-weekend": Case(
        NOTE,
        "meetings![0].date",
        {"meetings.0.date": "2026-09-19"},
        (
            {"meetings.0.date": "2026-09-19", "meetings.0.activity_kind": "fair"},
            {"meetings.0.date": "2026-09-12"},
        ),
        {"date": date(2026, 9, 19)},
    ),
    "activity-outside-visa": Case(
        WARNING,
        "activities![1].activity_kind",
        {"activities.1.activity_kind": "training"},
        ({"activities.0.activity_kind": "work"}, {"activities.1.activity_kind": "observation"}),
        {"activity": "training"},
    ),
    "activity-words": Case(
        WARNING,
        "activities![1].title.fr",
        {"activities.1.title": {"fr": "Stage chez le partenaire", "en": "Visits", "nl": "Bezoeken"}},
        (
            {"activities.1.title": {"fr": "Visite de la boulangerie", "en": "Visits", "nl": "Bezoeken"}},
            {"activities.1.title": {"fr": "Stage", "en": "X", "nl": "X"}, "activities.1.activity_kind": "training"},
            {"activities.0.title": {"fr": "Construction d’un four", "en": "X", "nl": "X"}},
        ),
        {"words": "Stage", "language": "fr"},
    ),
    "application-too-early": Case(
        ERROR,
        "stays![0].appointment",
        {"stays.0.appointment": "2026-03-12"},
        (
            {"stays.0.appointment": "2026-03-13"},
            {"stays.0.appointment": "2026-03-12", "stays.0.status": "granted"},
            {"stays.0.appointment": "2026-03-12", "stays.0.entry": None},
        ),
        {"earliest": date(2026, 3, 13), "months": 6, "unconfirmed": ""},
    ),
    "application-too-late": Case(
        WARNING,
        "stays![0].appointment",
        {"stays.0.appointment": "2026-08-30"},
        ({"stays.0.appointment": "2026-08-29"}, {"stays.0.appointment": None}),
        {"latest": date(2026, 8, 29), "days": 15},
    ),
    "appointment-on-holiday": Case(
        NOTE,
        "stays![0].appointment",
        {"stays.0.appointment": "2026-07-21"},
        ({"stays.0.appointment": "2026-07-22"},),
        {"country": "BE"},
    ),
    "appointment-on-weekend": Case(
        NOTE,
        "stays![0].appointment",
        {"stays.0.appointment": "2026-07-19"},
        ({"stays.0.appointment": "2026-07-17"}, {"stays.0.appointment": "2026-07-19", "stays.0.status": "granted"}),
    ),
    "dated-after-lodging": Case(
        WARNING,
        "invitations![0].date",
        {"invitations.0.date": "2026-07-21"},
        ({"invitations.0.date": "2026-07-20"}, {"invitations.0.date": "2026-07-21", "stays.0.status": "lodged"}),
        {"date": date(2026, 7, 21), "appointment": date(2026, 7, 20)},
    ),
    "dates-differ": Case(
        ERROR,
        "transport![1].departure_date",
        {"transport.1.departure_date": "2026-09-25"},
        (
            {"lodging.0.start": "2026-09-14", "lodging.0.end": "2026-09-25"},
            {"invitations.0.entry": None, "transport.0.arrival_date": None},
            {"invitations.0.entry": "2026-09-01", "stays.0.exit": None},
        ),
        {"date": date(2026, 9, 25), "start": date(2026, 9, 13), "end": date(2026, 9, 26)},
    ),
    "decision-may-come-late": Case(
        NOTE,
        "stays![0].appointment",
        {"stays.0.appointment": "2026-07-31"},
        ({"stays.0.appointment": "2026-07-30"}, {"stays.0.appointment": "2026-08-30"}),
        {"date": date(2026, 9, 14), "days": 45},
    ),
    "destination-incomplete": Case(
        NOTE, "stays![0].destination", {"stays.0.destination": "FR"}, ({},), {"country": "FR"}
    ),
    "destination-unknown": Case(
        ERROR,
        "stays![0].destination",
        {"stays.0.destination": "SN"},
        ({"stays.0.destination": "FR"}, {"stays.0.destination": None}),
        {"country": "SN", "countries": "BE, FR, NL"},
    ),
    "entries-too-few": Case(
        ERROR,
        "stays![0].entries",
        {"transport.1.to_country": "GB", "transport.…": BACK},
        (
            {"transport.1.to_country": "GB", "transport.…": BACK, "stays.0.entries": "two"},
            {"transport.1.to_country": "NL"},
        ),
        {"count": 2, "date": date(2026, 9, 26)},
    ),
    "family-of-citizen": Case(
        NOTE,
        "people![0].eu_family_relation",
        {"people.0.eu_family_nationality": "FR", "people.0.eu_family_relation": "spouse"},
        ({"people.0.eu_family_nationality": "SN", "people.0.eu_family_relation": "spouse"},),
    ),
    "fingerprints-needed-again": Case(
        NOTE,
        "stays![0].fingerprints_date",
        {"stays.0.fingerprints_date": "2021-08-20"},
        (
            {"stays.0.fingerprints_date": "2021-08-21"},
            {"stays.0.fingerprints_date": None},
            {"stays.0.fingerprints": False, "stays.0.status": "lodged"},
        ),
        {"months": 59},
    ),
    "first-entry-differs": Case(
        ERROR,
        "stays![0].first_entry",
        {"transport.0.to_country": "FR"},
        ({"transport.0.to_country": "FR", "stays.0.first_entry": "FR"}, {"transport.0.from_country": None}),
        {"country": "FR", "here": "BE"},
    ),
    "guarantor-income": Case(
        WARNING,
        "means![1].monthly_income",
        {"means.…": {**OBLIGATION, "monthly_income": 2131.27}},
        (
            {"means.…": {**OBLIGATION, "monthly_income": 2131.28}},
            {"means.…": {**OBLIGATION, "monthly_income": 1398066, "currency": "XOF"}},
            {"means.…": {**OBLIGATION, "kind": "other", "monthly_income": 12}},
        ),
    ),
    "insurance-amount": Case(
        ERROR,
        "insurance![0].amount",
        {"insurance.0.amount": 29999.99},
        (
            {"insurance.0.amount": 19678711, "insurance.0.currency": "XOF"},
            {"insurance.0.amount": None},
            {"insurance.0.amount": 1, "travel_documents.0.kind": "diplomatic"},
        ),
        {"limit": Money(30000, "EUR")},
    ),
    "insurance-cover": Case(
        ERROR, "insurance![0].hospital", {"insurance.0.hospital": False}, ({"insurance.0.hospital": None},)
    ),
    "insurance-dates": Case(
        ERROR,
        "insurance![0].end",
        {"insurance.0.end": "2026-09-24"},
        (
            {"insurance.0.end": "2026-12-31", "insurance.0.start": "2026-09-01"},
            {
                "insurance.0.end": "2026-09-20",
                "insurance.…": {"stay": "S-07", "start": "2026-09-21", "end": "2026-09-26"},
            },
            {"insurance.0.end": None},
        ),
        {"first": date(2026, 9, 25), "last": date(2026, 9, 26), "count": 2},
    ),
    "insurance-not-recorded": Case(
        ERROR,
        "supporting_documents![21].piece",
        {"insurance.0": None},
        ({"insurance.0": None, "supporting_documents.21.status": "requested"},),
    ),
    "insurance-territory": Case(
        ERROR, "insurance![0].territory", {"insurance.0.territory": "one-state"}, ({"insurance.0.territory": "world"},)
    ),
    "lodging-a-night-more": Case(
        NOTE,
        "lodging![0].end",
        {"lodging.0.end": "2026-09-27"},
        ({"lodging.0.end": "2026-09-26"},),
        {"date": date(2026, 9, 27)},
    ),
    "means-not-covered": Case(
        WARNING,
        "stays![0].id",
        {"means.0.amount": 1329.99},
        (
            {"means.0.amount": 872422.81, "means.0.currency": "XOF"},
            {"means.0.amount": 630, "lodging.0.kind": "private"},
            {"means.0.amount": 1, "means.…": OBLIGATION},
        ),
        {"needed": Money(1330, "EUR"), "days": 14},
    ),
    "minor-without-guardian": Case(
        ERROR,
        "people![0].guardian",
        {"people.0.birth_date": "2008-07-21"},
        (
            {"people.0.birth_date": "2008-07-20"},
            {"people.0.birth_date": "2009-08-01", "people.0.guardian": "Khady Sow, Rufisque, +221 77 100 00 16, SN"},
        ),
    ),
    "pledge-gap": Case(
        WARNING,
        "means![1].legalised",
        {"means.…": {**PLEDGED, "legalised": None}},
        (
            {"means.…": PLEDGED},
            {"means.…": {**PLEDGED, "legalised": None}, "stays.0.status": "lodged"},
            {
                "means.…": {**PLEDGED, "legalised": None},
                "supporting_documents.…": {"stay": "S-07", "piece": "formal-obligation", "status": "present"},
            },
        ),
    ),
    "programme-gap": Case(
        WARNING,
        "meetings![1].host",
        {"meetings.1.host_name": None},
        (
            {"meetings.1.host_name": None, "meetings.1.date": "2026-09-12"},
            {"meetings.1.host_name": None, "stays.0.status": "lodged"},
            {"meetings.0.place": None},
            {"activities.1.place": None},
        ),
    ),
    "programme-hours": Case(
        NOTE,
        "activities![1].start_time",
        {"activities.1.start_time": None},
        ({"activities.1.start_time": None, "activities.1.status": "cancelled"}, {"activities.1.end_time": None}),
    ),
    "outside-its-stay": Case(
        WARNING,
        "meetings![0].date",
        {"meetings.0.stay": "S-07", "meetings.0.date": "2026-09-30"},
        ({"meetings.0.stay": "S-07"}, {"meetings.0.date": "2026-09-30"}, {"activities.2.stay": "S-07"}),
    ),
    "ties-untold": Case(
        NOTE,
        "people![0].hired",
        {"people.0.hired": None},
        ({"people.0.hired": None, "stays.0.status": "lodged"}, {"people.0.dependants": None}),
    ),
    "without-pair-or-stay": Case(
        ERROR,
        "meetings![1].partnership",
        {"meetings.1.partnership": None},
        ({"meetings.1.partnership": None, "meetings.1.stay": "S-07"}, {"meetings.1.stay": "S-07"}),
    ),
    "mission-of-oneself": Case(
        NOTE,
        "stays![0].mission_signatory",
        {"stays.0.mission_signatory": "SN-014-A"},
        ({"stays.0.mission_signatory": "SN-014-A", "stays.0.status": "lodged"},),
    ),
    "mrz-check-digit": Case(
        ERROR,
        "travel_documents![0].mrz_2",
        {"travel_documents.0.mrz_2": "A012345670SEN8507309F3101148<<<<<<<<<<<<<<<2"},
        ({"travel_documents.0.mrz_2": "A012345678SEN8507309F3101148<<<<<<<<<<<<<<02"},),
        {"part": "number"},
    ),
    "mrz-disagrees": Case(
        ERROR,
        "travel_documents![0].number",
        {"travel_documents.0.number": "A01234568"},
        (
            {"travel_documents.0.number": "a 0123-4567"},
            {"travel_documents.0.number": None},
            {"travel_documents.0.number": "A01234568", "travel_documents.0.mrz_1": None},
        ),
        {"part": "number"},
    ),
    "mrz-form": Case(
        ERROR,
        "travel_documents![0].mrz_1",
        {"travel_documents.0.mrz_1": "P<SENNDIAYE<<AISSATOU<MARIE<<<<<<<<<<<<<<<<"},
        ({"travel_documents.0.mrz_1": None},),
        {"length": 43, "limit": 44},
    ),
    "multiple-entries-asked": Case(
        NOTE,
        "stays![0].entries",
        {"stays.0.entries": "multiple"},
        ({"stays.0.entries": "two"}, {"stays.0.entries": "multiple", "stays.0.status": "granted"}),
        {"count": 3, "years": 2},
    ),
    "name-differs": Case(
        ERROR,
        "insurance![0].insured",
        {"insurance.0.insured": "Awa Diop"},
        (
            {"insurance.0.insured": "NDIAYE AÏSSATOU-MARIE"},
            {"insurance.0.insured": None},
            {"supporting_documents.11.holder": "Bakkerij De Linde"},
            {"people.0.family_name": None},
        ),
        {"other": "people![0].family_name"},
    ),
    "name-shortened": Case(
        WARNING,
        "transport![0].passenger",
        {"transport.0.passenger": "NDIAYE/AISSATOU MRS"},
        ({"transport.0.passenger": "MME NDIAYE MARIE AISSATOU"}, {"transport.0.passenger": "DIOP/AISSATOU MRS"}),
    ),
    "nights-doubled": Case(
        WARNING,
        "stays![0].id",
        {"lodging.…": {"stay": "S-07", "start": "2026-09-20", "end": "2026-09-21"}},
        ({"lodging.…": {"stay": "S-07", "start": "2026-09-26", "end": "2026-09-26"}},),
        {"first": date(2026, 9, 20), "last": None, "count": 1},
    ),
    "nights-without-lodging": Case(
        WARNING,
        "stays![0].id",
        {"lodging.0.end": "2026-09-24"},
        ({"lodging.0.end": "2026-09-20", "lodging.…": {**PARIS, "start": "2026-09-20"}}, {"stays.0.exit": None}),
        {"first": date(2026, 9, 24), "last": date(2026, 9, 25), "count": 2},
    ),
    "obligation-old": Case(
        NOTE,
        "means![1].legalised",
        {"means.…": {**OBLIGATION, "legalised": "2026-01-19"}},
        ({"means.…": {**OBLIGATION, "legalised": "2026-01-20"}},),
        {"months": 6},
    ),
    "other-state-competent": Case(
        WARNING,
        "stays![0].destination",
        {"lodging.0.end": "2026-09-19", "lodging.…": {**PARIS, "start": "2026-09-19"}},
        (
            {"lodging.0.end": "2026-09-20", "lodging.…": {**PARIS, "start": "2026-09-20"}},
            {"lodging.0.country": "FR", "lodging.0.end": "2026-09-19"},
        ),
        {"country": "FR", "days": 8, "here": "BE", "own": 6},
    ),
    "paper-gap": Case(
        WARNING,
        "people![0].home_address",
        {"people.0.home_address": None},
        ({"people.0.home_address": None, "stays.0.status": "granted"}, {"people.0.guardian": None}),
    ),
    "papers-to-sign": Case(
        NOTE,
        "stays![0].id",
        {"supporting_documents.5": None},
        (
            {"supporting_documents.5": None, "stays.0.status": "lodged"},
            {
                "supporting_documents.5": None,
                "signatures.…": {
                    "stay": "S-07",
                    "document": "visa-invitation",
                    "version": 1,
                    "signatory": "BE-003-A",
                    "state": "signed",
                    "signed_on": "2026-06-30",
                    "way": "paper",
                },
            },
        ),
        {"pieces": "invitation", "count": 1},
    ),
    "passport-missing": Case(
        WARNING,
        "stays![0].travel_document",
        {"stays.0.travel_document": None, "travel_documents.…": OTHER_PASSPORT},
        ({"stays.0.travel_document": None}, {"stays.0.travel_document": "T-99"}),
        {"count": 2},
    ),
    "passport-of-other-person": Case(
        ERROR,
        "stays![0].travel_document",
        {"travel_documents.0.person": "SN-015-A"},
        ({"travel_documents.0.person": None},),
        {"other": "travel_documents![0].person"},
    ),
    "passport-outlives-stay": Case(
        ERROR,
        "travel_documents![0].expires",
        {"travel_documents.0.expires": "2026-12-25"},
        ({"travel_documents.0.expires": "2026-12-26"}, {"travel_documents.0.expires": None}),
        {"until": date(2026, 12, 26), "months": 3},
    ),
    "passport-pages": Case(
        ERROR,
        "travel_documents![0].blank_pages",
        {"travel_documents.0.blank_pages": 1},
        ({"travel_documents.0.blank_pages": 2}, {"travel_documents.0.blank_pages": None}),
        {"limit": 2},
    ),
    "passport-pages-unknown": Case(
        NOTE,
        "travel_documents![0].blank_pages",
        {"travel_documents.0.blank_pages": None},
        ({}, {"travel_documents.0.blank_pages": None, "stays.0.status": "granted"}),
        {"limit": 2},
    ),
    "passport-too-long": Case(
        NOTE,
        "travel_documents![0].expires",
        {**UNREAD, "travel_documents.0.expires": "2031-01-16"},
        ({**UNREAD, "travel_documents.0.expires": "2031-01-15"},),
    ),
    "passport-too-old": Case(
        ERROR,
        "travel_documents![0].issued",
        {"travel_documents.0.issued": "2016-09-12"},
        ({"travel_documents.0.issued": "2016-09-13"}, {"travel_documents.0.issued": None}),
        {"since": date(2016, 9, 13), "years": 10},
    ),
    "payer-differs": Case(
        WARNING,
        "lodging![0].payer",
        {"lodging.0.payer": "traveller"},
        ({"lodging.0.payer": None}, {"lodging.0.payer": "traveller", "invitations.0.lodging_payer": None}),
        {"payer": "traveller", "promised": "programme", "other": "invitations![0].lodging_payer"},
    ),
    "permit-instead-of-visa": Case(
        WARNING,
        "people![0].residence_permit",
        {"people.0.residence_country": "FR", "people.0.residence_permit": "FR1234567"},
        (
            {"people.0.residence_country": "MA", "people.0.residence_permit": "MA1234567"},
            {
                "people.0.residence_country": "FR",
                "people.0.residence_permit": "FR1234567",
                "people.0.residence_permit_until": "2026-09-20",
            },
        ),
        {"country": "FR"},
    ),
    "piece-not-recorded": Case(
        WARNING,
        "supporting_documents![23].piece",
        {"lodging.0": None},
        ({"lodging.0": None, "supporting_documents.23.status": "requested"},),
    ),
    "pieces-missing": Case(
        WARNING,
        "stays![0].id",
        {"supporting_documents.11": None},
        (
            {"supporting_documents.11.status": "requested"},
            {"supporting_documents.11": None, "stays.0.status": "withdrawn"},
        ),
        {"pieces": "business-relation", "count": 1},
    ),
    "purpose-not-business": Case(
        WARNING,
        "stays![0].purpose",
        {"stays.0.purpose": "tourism"},
        ({"stays.0.purpose": None},),
        {"purpose": "tourism"},
    ),
    "return-missing": Case(
        WARNING,
        "stays![0].exit",
        {"transport.1": None},
        (
            {"transport.1": None, "transport.0": None, "supporting_documents.22.status": "requested"},
            {"transport.1.to_country": None},
        ),
    ),
    "several-states-competent": Case(
        WARNING,
        "stays![0].destination",
        {
            "lodging.0.end": "2026-09-20",
            "lodging.…": {**PARIS, "start": "2026-09-20"},
            "stays.0.first_entry": "FR",
            "transport.0.to_country": "FR",
        },
        ({"lodging.0.end": "2026-09-20", "lodging.…": {**PARIS, "start": "2026-09-20"}},),
        {"country": "FR", "days": 7},
    ),
    "stay-over-90-days": Case(
        ERROR,
        "stays![0].exit",
        {"travel_history.0.entry": "2026-04-10", "travel_history.0.exit": "2026-06-26"},
        (
            {"travel_history.0.entry": "2026-04-12", "travel_history.0.exit": "2026-06-26"},
            {"stays.0.entry": "2026-06-29", "stays.0.exit": "2026-09-26"},
        ),
        {"date": date(2026, 9, 25), "days": 92, "limit": 90, "latest": date(2026, 9, 24)},
    ),
    "stays-overlap": Case(
        ERROR,
        "stays![1].entry",
        {"stays.…": {**LATER, "entry": "2026-09-25"}},
        (
            {"stays.…": {**LATER, "entry": "2026-09-26"}},
            {"stays.…": {**LATER, "entry": "2026-09-25", "status": "withdrawn"}},
            {"stays.…": {**LATER, "entry": "2026-09-25", "person": "SN-015-A"}},
        ),
        {"other": "stays![0].entry"},
    ),
    "translation-missing": Case(
        WARNING,
        "supporting_documents![0].translation",
        {"supporting_documents.0.translation": "missing"},
        ({"supporting_documents.0.translation": "attached"},),
    ),
    "visa-not-needed": Case(
        ERROR,
        "people![0].nationality",
        {"people.0.nationality": "IE"},
        ({"people.0.nationality": "MA"}, {"people.0.nationality": "FR", "stays.0.status": "refused"}),
        {"country": "IE"},
    ),
}
