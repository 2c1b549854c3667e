"""A small project as a reader of a test can read it: two pairs of companies, one complete, one just selected.

``project()`` keeps every rule and fills every field of the pair ``P-07``; ``journey()`` adds the dossier of its visa,
``publication()`` a report and two notes.
A test changes what it is about:

    data = project()
    data["companies"][0]["employees"] = 3
    assert codes(checked(data)) == {"women-over-employees"}
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pemdocs
from pemdocs.checking.examination import Report
from pemdocs.data.dataset import Linked
from pemdocs.data.schema import Field, load
from pemdocs.model import Finding

Data = dict[str, list[dict[str, Any]]]

LANGUAGES = ("fr", "en", "nl")


def said(fr: str, en: str = "", nl: str = "") -> dict[str, str]:
    """A text in three languages; where only one is given, marked copies of it."""
    return {"fr": fr, "en": en or f"{fr} (en)", "nl": nl or f"{fr} (nl)"}


def project() -> Data:
    """A fresh project that keeps every rule."""
    return {
        "cohorts": [
            {"id": "C1", "name": said("Cohorte 1"), "programme_start": "2026-01-01", "programme_end": "2027-12-31",
             "mobility_from": "2026-09-07", "mobility_to": "2026-11-27", "contact": "TEAM-01",
             "contact_email": "equipe@example.org", "contact_phone": "+221 33 800 00 14"},
        ],
        "companies": [
            {"id": "SN-014", "name": "Céréales du Cap", "trade_name": "Fonio du Cap", "country": "SN",
             "legal_form": "SARL", "created": "2019-04-15", "rccm": "SN-DKR-2019-B-12345", "ninea": "001234567",
             "region": "SN-DK", "commune": "Rufisque", "village": "Keury Kao", "address": "Rue 12, villa 34",
             "postal_code": "20000", "language": "fr", "sector": "agrifood", "activity": said("Biscuits au fonio"),
             "turnover": 48500000, "currency": "XOF", "turnover_year": 2025, "employees": 12, "women_employees": 7,
             "information": said("Quarante points de vente"), "phone": "+221 33 820 00 14",
             "email": "contact@cereales.example.com", "website": "https://cereales.example.com"},
            {"id": "BE-003", "name": "Bakkerij De Linde", "trade_name": "De Linde", "country": "BE",
             "legal_form": "BV", "created": "2008-10-01", "kbo": "1000.000.120", "vat": "BE 1000.000.120",
             "nace": "10.720", "region": "BE-VLG", "commune": "Gent", "address": "Lindestraat 5",
             "postal_code": "9000", "language": "nl", "sector": "agrifood", "activity": said("Pains et biscuits"),
             "turnover": 1250000.5, "currency": "EUR", "turnover_year": 2025, "employees": 9, "women_employees": 4,
             "information": said("Un atelier, deux magasins"), "phone": "+32 9 200 00 14",
             "email": "info@linde.example.com", "website": "https://linde.example.com"},
            {"id": "SN-015", "name": "Menuiserie Teranga", "country": "SN", "legal_form": "SUARL",
             "created": "2020-02-29", "rccm": "SN-DKR-2020-B-00315", "ninea": "011002003", "region": "SN-TH",
             "commune": "Thiès", "language": "fr", "sector": "agrifood", "activity": said("Meubles en bois"),
             "turnover": 9000000, "currency": "XOF", "turnover_year": 2024, "employees": 0, "women_employees": 0},
        ],
        "people": [
            {"id": "SN-014-A", "company": "SN-014", "role": "entrepreneur", "gender": "f",
             "given_names": "Aïssatou Marie", "family_name": "Ndiaye", "function": said("Gérante"),
             "birth_date": "1985-07-30", "birth_place": "Thiès-Nord", "nationality": "SN",
             "national_id": "2123198500045", "profile": said("Ingénieure agroalimentaire"),
             "motivation": said("Trouver un partenaire"), "phone": "+221 77 100 00 14",
             "email": "aissatou@example.com", "language": "fr"},
            {"id": "BE-003-A", "company": "BE-003", "role": "counterpart", "gender": "f", "given_names": "Lies",
             "family_name": "Peeters", "function": said("Bakker"), "birth_date": "1979-01-12",
             "birth_place": "Ledeberg", "nationality": "BE", "national_id": "79011200045",
             "profile": said("Boulangère"), "motivation": said("Un produit sans gluten"),
             "phone": "+32 470 00 00 03", "email": "lies@example.com", "language": "nl"},
            {"id": "COACH-01", "role": "coach", "gender": "m", "given_names": "Ousmane", "family_name": "Fall",
             "function": said("Coach")},
            {"id": "TEAM-01", "role": "team", "given_names": "Noor", "family_name": "Janssens",
             "function": said("Chargée de projet")},
            {"id": "SN-015-A", "company": "SN-015", "role": "entrepreneur", "gender": "x", "given_names": "Modou",
             "family_name": "Sarr", "function": said("Menuisier"), "birth_date": "1990-02-28",
             "profile": said("Menuisier depuis dix ans"), "motivation": said("Voir des machines")},
        ],
        "partnerships": [
            {"id": "P-07", "cohort": "C1", "stage": "after", "home_company": "SN-014", "home_person": "SN-014-A",
             "host_company": "BE-003", "host_person": "BE-003-A", "home_coach": "COACH-01", "host_coach": "TEAM-01",
             "home_aim": said("Une gamme pour l’Europe"), "host_aim": said("S’approvisionner en fonio"),
             "diagnosis": said("Bonne maîtrise technique"), "diagnosis_date": "2026-03-12",
             "diagnosis_author": "COACH-01", "readiness": 4, "mobility_start": "2026-09-13",
             "mobility_end": "2026-09-26", "next_review": "2026-12-15", "proposal": said("Retenir le dossier"),
             "decision": "retained", "decision_date": "2026-03-20", "decision_reason": said("Dossier solide"),
             "arrived": "2026-09-14", "returned": "2026-09-27"},
            {"id": "P-08", "cohort": "C1", "stage": "selection", "home_company": "SN-015",
             "home_person": "SN-015-A", "diagnosis": said("Atelier bien tenu"), "diagnosis_date": "2026-03-13",
             "diagnosis_author": "COACH-01", "readiness": 3},
        ],
        "criteria": [
            {"id": "CR-1", "kind": "primary", "name": said("Entreprise formalisée"), "maximum": 10},
            {"id": "CR-2", "kind": "secondary", "name": said("Femmes parmi le personnel"), "maximum": 5},
        ],
        "scores": [
            {"partnership": "P-07", "criterion": "CR-1", "score": 8.5, "evidence": said("Trois bilans"),
             "date": "2026-02-20"},
            {"partnership": "P-07", "criterion": "CR-2", "score": 5, "evidence": said("Registre du personnel"),
             "date": "2026-02-21"},
        ],
        "needs": [
            {"id": "N-07-1", "partnership": "P-07", "kind": "need", "theme": "packaging-branding",
             "description": said("Emballage sans mentions européennes"), "proposal": said("Cours d’étiquetage"),
             "stage": "selection", "date": "2026-03-12"},
            {"id": "N-07-2", "partnership": "P-07", "kind": "strength", "theme": "packaging-branding",
             "description": said("Clientèle fidèle"), "stage": "selection", "date": "2026-03-12"},
        ],
        "objectives": [
            {"id": "O-07-1", "partnership": "P-07", "need": "N-07-1", "statement": said("Vendre en Belgique"),
             "opportunity": said("Le magasin comme banc d’essai"), "indicator": said("Points de vente belges"),
             "unit": said("magasins"), "baseline": 0, "baseline_date": "2026-03-12", "target": 6,
             "due": "2027-06-30", "interim": 3, "interim_due": "2026-12-31", "outcome": "performance"},
        ],
        "measurements": [
            {"objective": "O-07-1", "date": "2026-10-15", "value": 2, "comment": said("Essai de trois mois"),
             "evidence": said("Bons de commande")},
        ],
        "trainings": [
            {"id": "T-07-1", "partnership": "P-07", "need": "N-07-1", "objective": "O-07-1", "rank": 1,
             "theme": "packaging-branding", "title": said("Étiquetage européen"), "aim": said("Une étiquette conforme"),
             "phase": "before", "provider": "Incubateur Teranga", "hours": 14, "start": "2026-06-08",
             "end": "2026-06-09", "approval": "approved", "approved_by": "TEAM-01", "approved_on": "2026-04-02",
             "result": said("Trois étiquettes")},
        ],
        "activities": [
            {"id": "A-07-1", "partnership": "P-07", "objective": "O-07-1", "phase": "before",
             "title": said("Préparer les échantillons"), "start": "2026-08-03", "end": "2026-08-05",
             "place": "Dakar", "responsible": "COACH-01", "participants": "Les deux entrepreneures",
             "deliverable": said("Dix échantillons"), "status": "done"},
            {"id": "A-07-2", "partnership": "P-07", "objective": "O-07-1", "phase": "during",
             "title": said("Essayer les recettes"), "start": "2026-09-14", "end": "2026-09-16", "place": "Gent",
             "responsible": "TEAM-01", "deliverable": said("Deux recettes"), "status": "done"},
            {"id": "A-07-3", "partnership": "P-07", "objective": "O-07-1", "phase": "after",
             "title": said("Envoyer la commande"), "start": "2026-10-05", "end": "2026-11-06", "place": "Rufisque",
             "responsible": "SN-014-A", "deliverable": said("Une palette"), "status": "under-way"},
        ],
        "meetings": [
            {"id": "M-07-1", "partnership": "P-07", "date": "2026-09-16", "start": "10:00", "end": "11:30",
             "kind": "pair", "host": "BE-003", "place": "Lindestraat 5, Gent", "contact": "Lies Peeters",
             "purpose": said("Choisir les recettes"), "result": said("Deux recettes retenues")},
            {"id": "M-07-2", "partnership": "P-07", "date": "2026-09-17", "start": "14:00", "kind": "ecosystem",
             "host_name": "Voka Gent", "place": "Bruxelles", "purpose": said("Connaître le marché"),
             "result": said("Une liste d’adresses")},
        ],
        "logistics": [
            {"id": "L-07-1", "partnership": "P-07", "kind": "lodging", "start": "2026-09-13", "end": "2026-09-26",
             "details": said("Chambre simple"), "provider": "Hôtel de la Lys", "contact": "Réception, +32 9 200 00 15",
             "reference": "VB-0014", "amount": 1170, "currency": "EUR", "payer": "Projet"},
        ],
        "charters": [
            {"partnership": "P-07", "aim": said("Créer ensemble une gamme"), "context": said("Rencontre en ligne"),
             "areas": said("Recettes communes\nFoires", "Joint recipes\nFairs", "Recepten\nBeurzen"),
             "home_signatory": "SN-014-A", "host_signatory": "BE-003-A", "witness": "TEAM-01", "place": "Gent",
             "date": "2026-09-24", "valid_until": "2027-12-31", "consent_names": True, "consent_logos": True,
             "consent_photos": False},
        ],
        "signatures": [
            {"partnership": "P-07", "document": "partnership-charter", "version": 1, "signatory": who,
             "state": "signed", "sent_on": "2026-09-10", "sent_to": "contact@example.com", "sent_by": "email",
             "signed_on": "2026-09-24", "way": "paper", "remark": "Signé au magasin"}
            for who in ("SN-014-A", "BE-003-A", "TEAM-01")
        ],
        "versions": [
            {"partnership": "P-07", "version": "1.0", "date": "2026-05-04", "author": "COACH-01",
             "change": said("Première version"), "status": "approved"},
            {"partnership": "P-07", "version": "1.1", "date": "2026-11-16", "author": "COACH-01",
             "change": said("Suivi après le retour"), "status": "draft"},
            {"partnership": "P-08", "version": "0.1", "date": "2026-04-01", "author": "COACH-01",
             "change": said("Ébauche"), "status": "draft"},
        ],
        "coordination": [
            {"partnership": "P-07", "date": "2026-06-15", "author": "COACH-01", "note": said("Étiquettes prêtes"),
             "next_step": said("Envoyer un échantillon"), "responsible": "SN-014-A", "due": "2026-06-30",
             "done": True},
        ],
    }  # fmt: skip


def journey() -> Data:
    """The same project with the visa dossier of the pair ``P-07``; it keeps every rule."""
    data = project()
    for row in (data["activities"][1], *data["meetings"]):
        row["activity_kind"] = "partner-visit"
    data["activities"][1] |= {"start_time": "09:30", "end_time": "16:00", "host": "BE-003"}
    data["people"][0] |= {
        "birth_country": "SN",
        "civil_status": "single",
        "home_address": "Rue 3, Rufisque",
        "residence_country": "SN",
        "hired": "2019-04-15",
    }
    data["people"].append(
        {"id": "SN-014-B", "company": "SN-014", "role": "other", "gender": "m", "given_names": "Ibra",
         "family_name": "Gaye", "function": said("Comptable")}
    )  # fmt: skip
    data["people"][2] |= {"email": "coach@example.org", "phone": "+221 77 100 00 15", "home_address": "Rue 9, Dakar"}
    return data | {
        "stays": [
            {"id": "S-07", "person": "SN-014-A", "partnership": "P-07", "invitation": "I-07",
             "travel_document": "T-07", "destination": "BE", "entry": "2026-09-13", "exit": "2026-09-26",
             "entries": "single", "purpose": "business", "pay": "full",
             "purpose_details": said("Rencontrer la boulangerie"),
             "first_entry": "BE", "fingerprints": True, "fingerprints_date": "2024-05-13",
             "previous_visa": "FRA012345678", "appointment_asked": "2026-06-29", "appointment": "2026-07-20",
             "languages": "fr+nl", "mission_signatory": "SN-014-B", "mission_date": "2026-07-01",
             "support_signatory": "TEAM-01", "support_date": "2026-07-02", "filled_by": "COACH-01",
             "status": "preparing"},
        ],
        "invitations": [
            {"id": "I-07", "company": "BE-003", "signatory": "BE-003-A", "contact": "BE-003-A", "date": "2026-06-30",
             "place": "Gent", "reference": "2026/07", "entry": "2026-09-13", "exit": "2026-09-26",
             "purpose": said("Choisir trois recettes"), "history": said("En contact depuis mars"),
             "travel_payer": "programme", "lodging_payer": "programme", "subsistence_payer": "programme",
             "insurance_payer": "home-company"},
        ],
        "travel_documents": [
            {"id": "T-07", "person": "SN-014-A", "kind": "ordinary", "number": "A01234567", "family_name": "Ndiaye",
             "given_names": "Aïssatou Marie", "nationality": "SN", "issued": "2021-01-15", "expires": "2031-01-14",
             "issuer": "SN", "blank_pages": 12, "mrz_1": "P<SENNDIAYE<<AISSATOU<MARIE<<<<<<<<<<<<<<<<<",
             "mrz_2": "A012345678SEN8507309F3101148<<<<<<<<<<<<<<<2"},
        ],
        "travel_history": [
            {"person": "SN-014-A", "country": "FR", "entry": "2024-06-03", "exit": "2024-06-14", "basis": "visa",
             "visa_number": "FRA012345678"},
        ],
        "insurance": [
            {"stay": "S-07", "insurer": "Assurances Teranga", "number": "AV-2026-0714",
             "insured": "Ndiaye Aïssatou Marie", "start": "2026-09-13", "end": "2026-09-26", "amount": 30000,
             "currency": "EUR", "territory": "schengen", "repatriation": True, "urgent_care": True, "hospital": True,
             "payer": "home-company"},
        ],
        "transport": [
            {"stay": "S-07", "kind": "flight", "carrier": "Air Teranga", "number": "TG 204", "reference": "QX7RT2",
             "passenger": "NDIAYE/AISSATOUMARIE MRS", "from_place": "Dakar", "from_country": "SN",
             "departure_date": "2026-09-12", "departure_time": "23:10", "to_place": "Bruxelles", "to_country": "BE",
             "arrival_date": "2026-09-13", "arrival_time": "06:35", "booking": "reserved", "payer": "programme",
             "amount": 371.5, "currency": "EUR"},
            {"stay": "S-07", "kind": "flight", "carrier": "Air Teranga", "number": "TG 205", "reference": "QX7RT2",
             "passenger": "NDIAYE/AISSATOUMARIE MRS", "from_place": "Bruxelles", "from_country": "BE",
             "departure_date": "2026-09-26", "departure_time": "10:45", "to_place": "Dakar", "to_country": "SN",
             "arrival_date": "2026-09-26", "arrival_time": "15:20", "booking": "reserved", "payer": "programme",
             "amount": 371.5, "currency": "EUR"},
        ],
        "lodging": [
            {"stay": "S-07", "kind": "hotel", "name": "Hôtel de la Lys", "address": "Quai aux Herbes 7", "city": "Gent",
             "country": "BE", "phone": "+32 9 200 00 70", "email": "accueil@lys.example.com", "start": "2026-09-13",
             "end": "2026-09-26", "guest": "Mme Aïssatou Marie Ndiaye", "reference": "VB-0014", "booking": "reserved",
             "payer": "programme", "amount": 1170, "currency": "EUR"},
        ],
        "outcomes": [],
        "means": [
            {"stay": "S-07", "kind": "allowance", "payer": "programme", "amount": 1330, "currency": "EUR",
             "date": "2026-07-01", "details": said("Indemnité journalière")},
        ],
        "supporting_documents": [
            {"stay": "S-07", "piece": piece, "form": "both", "translation": "not-needed",
             "date": "2026-07-01", "holder": "Aïssatou Marie Ndiaye", "status": "present", "note": said("Copie faite")}
            for piece in PIECES
        ],
    }  # fmt: skip


PIECES = ("application-form", "application-data", "photo", "passport", "old-passport", "invitation",
          "host-registration", "host-identity", "support-letter", "mission-order", "programme-of-stay",
          "business-relation", "plan", "charter", "company-registration", "tax-number", "company-statements",
          "invoices", "employment", "means", "bank-statements", "insurance", "transport", "lodging", "travel-history",
          "ties")  # fmt: skip


def publication() -> Data:
    """The journey with a report, two notes and their consents; it keeps every rule."""
    return journey() | {
        "reports": [
            {"id": "REP-1", "kind": "final", "title": said("Évaluation finale"), "subtitle": said("Synthèse"),
             "author": "Bureau Teranga", "author_address": "Dakar", "place": "Bruxelles", "submitted": "2026-11-10",
             "period_start": "2026-01-01", "period_end": "2026-10-31",
             "response_by": said("Direction du programme"), "response_date": "2026-11-14", "followed_up": "2026-11-15",
             "actions_by": "recommendation",
             **{name: said(f"## Titre\n{name}\n- un\n- deux") for name in REPORT_TEXTS}},
        ],
        "indicators": [
            {"id": "IND-01", "report": "REP-1", "name": said("Entreprises candidates"), "unit": said("entreprises"),
             "level": "output", "people": False, "source": "Convention", "chart": "funnel", "rank": 1},
            {"id": "IND-02", "report": "REP-1", "name": said("Entrepreneurs partis"), "unit": said("personnes"),
             "level": "output", "people": True, "baseline": 0, "baseline_date": "2026-01-01", "target": 60,
             "target_date": "2026-10-31", "source": "Convention", "chart": "funnel", "rank": 2},
            {"id": "IND-03", "report": "REP-1", "name": said("Partenariats"), "unit": said("accords"),
             "level": "outcome", "objective": said("Nouer des liens"), "people": False, "target": 60,
             "target_date": "2026-10-31", "source": "Convention", "note": said("Accords signés"), "note_public": True,
             "chart": "target"},
        ],
        "results": [
            {"indicator": "IND-01", "date": "2026-02-01", "value": 414, "stage": "final", "source": "Registre",
             "note": said("Compté deux fois")},
            {"indicator": "IND-02", "date": "2026-06-30", "value": 46, "stage": "interim", "source": "Diapositives"},
            {"indicator": "IND-02", "date": "2026-10-31", "value": 47, "stage": "final", "source": "Registre"},
            {"indicator": "IND-02", "date": "2026-10-31", "value": 15, "stage": "final", "dimension": "sex",
             "category": said("Femmes"), "source": "Registre"},
            {"indicator": "IND-02", "date": "2026-10-31", "value": 32, "stage": "final", "dimension": "sex",
             "category": said("Hommes"), "source": "Registre"},
            {"indicator": "IND-03", "date": "2026-06-30", "value": 7, "stage": "interim", "source": "Diapositives"},
            {"indicator": "IND-03", "date": "2026-10-31", "value": 29, "stage": "final", "source": "Registre"},
        ],
        "budget_lines": [
            {"id": "B-01", "report": "REP-1", "label": said("Budget"), "amount": 2535329.75, "currency": "EUR",
             "as_of": "2026-09-30", "source": "Page du projet", "kind": "total", "note": said("Sans l’extension")},
            {"id": "B-02", "report": "REP-1", "label": said("Budget"), "amount": 2611925, "currency": "EUR",
             "as_of": "2026-01-31", "source": "Diapositives", "kind": "total"},
            {"id": "B-03", "report": "REP-1", "label": said("Mobilités"), "amount": 900000, "currency": "EUR",
             "source": "Convention", "kind": "line"},
            {"id": "B-04", "report": "REP-1", "label": said("Fonds"), "share": 0.95, "source": "Convention",
             "kind": "share"},
        ],
        "milestones": [
            {"report": "REP-1", "title": said("Séjours"), "start": "2026-09-07", "end": "2026-10-02", "kind": "phase",
             "note": said("Deux groupes")},
            {"report": "REP-1", "title": said("Lancement"), "start": "2026-01-15", "kind": "event"},
        ],
        "ratings": [
            {"report": "REP-1", "criterion": criterion, "score": score, "text": said(f"Texte {criterion}"), "rank": n}
            for n, (criterion, score) in enumerate(SCORES.items(), start=1)
        ],
        "questions": [
            {"id": "QE3", "report": "REP-1", "text": said("Les objectifs sont-ils atteints ?")},
            {"id": "QE3.1", "report": "REP-1", "parent": "QE3", "text": said("Les partenariats durent-ils ?"),
             "answer": said("En partie")},
            {"id": "QE3.2", "report": "REP-1", "parent": "QE3", "text": said("Les entreprises grandissent-elles ?")},
        ],
        "conclusions": [
            {"id": "C1", "report": "REP-1", "title": said("Un besoin réel"), "text": said("Le projet répond."),
             "questions": ["QE3.1", "QE3.2"]},
            {"id": "C2", "report": "REP-1", "title": said("Un suivi court"), "text": said("Le retour est bref.")},
        ],
        "recommendations": [
            {"id": "R1", "report": "REP-1", "title": said("Suivre plus longtemps"), "text": said("Prévoir un an."),
             "conclusions": ["C1", "C2"], "actors": said("Équipe"), "levels": ["1", "3"], "priority": "medium",
             "kind": "strategic", "theme": "selection", "response": "accepted", "response_text": said("Dès 2027.")},
        ],
        "actions": [
            {"id": "R1-1", "recommendation": "R1", "title": said("Prévoir un budget"), "owner": said("Coordination"),
             "due": "2026-11-12", "status": "done", "done": "2026-11-12", "progress": said("Budget déposé")},
            {"id": "R1-2", "recommendation": "R1", "title": said("Former les coachs"), "owner": said("Formation"),
             "due": "2027-06-30", "status": "ongoing"},
        ],
        "lessons": [
            {"id": "L1", "report": "REP-1", "title": said("Choisir ensemble"), "text": said("Mieux vaut deux jurys."),
             "theme": "selection", "helped": said("Un jury mixte"), "hindered": said("Le délai"),
             "audience": said("Équipes"), "evidence": "indicator", "indicator": "IND-01", "source": "Entretiens",
             "confidence": "high", "date": "2026-10-01"},
            {"id": "L2", "report": "REP-1", "title": said("Préparer le séjour"), "text": said("Dès le printemps."),
             "theme": "preparation", "evidence": "partnership", "partnership": "P-07", "confidence": "medium"},
        ],
        "notes": [
            {"id": "N-1", "number": 1, "series": "learning", "theme": "selection", "title": said("Bien choisir"),
             "subtitle": said("Deux jurys"), "audience": said("Équipes"), "medium": "web", "authors": "Équipe",
             "date": "2026-11-02", "key_messages": said("Un\nDeux\nTrois"), "context": said("Le contexte"),
             "practice": said("La pratique"), "text": said("## Le jury\nDeux **jurys**"),
             "conditions": said("Du temps"), "resources": said("Une grille"), "lessons": ["L2"],
             "recommendations": ["R1"], "quotes": ["Q-1"], "photographs": ["F-1"], "indicators": ["IND-02"]},
            {"id": "N-2", "number": 2, "series": "operational", "theme": "preparation", "title": said("Préparer"),
             "file": "notes/N-2.md"},
        ],
        "quotes": [
            {"id": "Q-1", "person": "SN-014-A", "text": said("Le second jury m’a rassurée."), "theme": "selection",
             "date": "2026-10-12", "partnership": "P-07", "consent": "CS-1"},
        ],
        "photographs": [
            {"id": "F-1", "file": "photos/F-1.png", "caption": said("La boutique"), "alt": said("Des biscuits"),
             "credit": "Atelier Teranga", "date": "2026-09-20", "place": "Gent", "theme": "selection",
             "people": ["SN-014-A", "BE-003-A"], "companies": ["BE-003"], "consents": ["CS-1", "CS-2"]},
        ],
        "consents": [
            {"id": each, "person": person, "covers": ["name", "company", "face", "quote"], "media": ["print", "web"],
             "languages": ["fr", "en", "nl"], "valid_from": "2026-09-20", "until": "2028-12-31", "wording": "2026-1",
             "proof": "signature"}
            for each, person in (("CS-1", "SN-014-A"), ("CS-2", "BE-003-A"))
        ] + [
            {"id": each, "company": company, "covers": ["company"], "media": ["web"],
             "languages": ["fr", "en", "nl"], "proof": "signature"}
            for each, company in (("CS-11", "SN-014"), ("CS-12", "BE-003"), ("CS-13", "SN-015"))
        ],
        "interviews": [
            {"report": "REP-1", "date": "2026-06-03", "organisation": "Chambre de commerce", "role": said("Directrice"),
             "people": 2, "place": said("Dakar"), "kind": "interview"},
            {"report": "REP-1", "date": "2026-06-04", "organisation": "Céréales du Cap", "role": said("Gérante"),
             "people": 1, "person": "SN-014-A", "kind": "interview", "consent": "CS-1"},
            {"report": "REP-1", "date": "2026-06-05", "role": said("Entrepreneurs"), "people": 8,
             "kind": "focus-group"},
        ],
    }  # fmt: skip


def personal() -> Data:
    """The publication with the consents of people alone: no company has given one."""
    data = publication()
    data["consents"] = [row for row in data["consents"] if "person" in row]
    return data


REPORT_TEXTS = ("summary", "programme", "objective", "context", "aims", "users", "method", "limits", "outlook",
                "thanks", "response")  # fmt: skip
SCORES = {"relevance": "A", "coherence": "B", "effectiveness": "B", "efficiency": "B", "sustainability": "C",
          "impact": "B"}  # fmt: skip
PUBLISHED = publication().keys() - journey().keys()
"""The tables of which notes and reports are made, and no plan, charter or visa paper."""

FILES = {
    "photos/F-1.png": bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63b8d0e0000003b40191"
        "072ac7760000000049454e44ae426082"
    ),
    "notes/N-2.fr.md": "## Avant le départ\n\nUn cours\nde deux jours.\n".encode(),
    "notes/N-9.fr.md": b"> Un retrait\n",
}
"""What lies beside the workbook of a publication: a picture of one dot, a text."""


def write(folder: Path, data: Data, **settings: object) -> Path:
    """A project folder with this data; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items() if "notes" in data else ():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "cohort.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    settings = {"workbook": "cohort.json", **settings}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items()]
    (folder / "pemdocs.toml").write_text("\n".join(lines), "utf-8")
    return folder


def checked(data: Data, **settings: object) -> Report:
    """What ``check`` says of this data."""
    with tempfile.TemporaryDirectory() as folder:
        return pemdocs.check(write(Path(folder), data, **settings))


def pair(data: Data, identifier: str = "P-07") -> Linked:
    """One pair of this data, linked."""
    found = checked(data).dataset.find("partnerships", identifier)
    assert found is not None
    return found


def codes(report: Report) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in report.findings}


def only(report: Report, code: str) -> Finding:
    """The one finding of this code."""
    found = [finding for finding in report.findings if finding.code == code]
    assert len(found) == 1, [(f.code, f.cell) for f in report.findings]
    return found[0]


def cells(data: Data) -> Iterator[tuple[dict[str, Any], Field]]:
    """Every filled cell: the row it stands in and its field."""
    tables = load()
    for table, rows in data.items():
        for row in rows:
            for name in row:
                yield row, tables[table].fields[name]


def fill(data: Data, wanted: Callable[[Field], bool], value: Callable[[Field, int], str]) -> dict[str, Field]:
    """Put a text of its own into every wanted cell; returns the texts with their fields."""
    put: dict[str, Field] = {}
    for number, (row, field) in enumerate(list(cells(data))):
        if wanted(field):
            text = value(field, number)
            if field.translated:
                row[field.name] = {each: f"{text}{each}" for each in LANGUAGES}
                put |= {f"{text}{each}": field for each in LANGUAGES}
            else:
                row[field.name] = text
                put[text] = field
    return put
