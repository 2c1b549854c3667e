"""Tell the names that a Word template may ask for: variables, functions, filters, and what records and values have.

What each means stands in ``templates/house/names``, one file for each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pemdocs import facts
from pemdocs.data.dataset import back_references, may_see
from pemdocs.data.schema import AUDIENCES, Table, Tables
from pemdocs.page.publishing import TABLES as PUBLISHED
from pemdocs.resources import SHIPPED, Templates

STAYS = frozenset({"stays"})
FIELD, FACT, RECORD, RECORDS = "field", "fact", "record", "records"
"""What an attribute of a record is: a value; something computed; a record; a list of records."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its others, in French and Dutch, and how it is written in a tag.

    ``tables``: those that a template must be about to have it; empty where every template has it.
    """

    name: str
    example: str
    also: tuple[str, ...] = ()
    tables: frozenset[str] = frozenset()

    @property
    def all(self) -> tuple[str, ...]:
        """Every name under which it is known."""
        return (self.name, *self.also)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that a record has. ``table`` is the table of the record or records that it leads to."""

    name: str
    sort: str
    audience: str
    table: str = ""


VARIABLES = (
    Name("case", "{{ case.id }}"),
    Name("programme", "{{ programme.full_name }}"),
    Name("languages", "{{ languages[0] }}"),
    Name("parallel", "{% if parallel %}…{% endif %}"),
    Name("draft", "{% if draft %}{{ draft }}{% endif %}"),
    Name("home", "{{ say_country(home) }}"),
    Name("host", "{{ say_country(host) }}"),
    Name("partners", "{% for partner in partners %}{{ partner.name }}{% endfor %}"),
    Name("as_of", "{{ as_of }}"),
    Name("destination", '{{ destination.post("city") }}', tables=STAYS),
)
"""The values that stand ready. The case has a second name, that of its record: ``person`` where the table is people."""

FUNCTIONS = (
    Name("say", '{{ say("title") }}'),
    Name("house", '{{ house("yes") }}'),
    Name("profile", '{{ profile("funding.disclaimer") }}'),
    Name("value", '{{ value(case, "id") }}'),
    Name("entries", '{% for each in entries(case, "id") %}{{ each.label }} : {{ each }}{% endfor %}',
         ("rubriques", "rubrieken")),
    Name("agree", '{{ agree(case, "invité", "invitée", "invité·e") }}', ("accord", "vorm")),
    Name("signature_block", "{{ signature_block(case) }}", ("bloc_signature", "handtekeningblok")),
    Name("period", "{{ period(case) }}", ("periode",)),
    Name("hours", "{{ hours(meeting) }}", ("heures", "uren")),
    Name("say_date", "{{ say_date(as_of) }}"),
    Name("say_weekday", "{{ say_weekday(as_of) }}"),
    Name("say_short_date", "{{ say_short_date(as_of) }}"),
    Name("say_form_date", "{{ say_form_date(as_of) }}"),
    Name("say_period", "{{ say_period(activity.start, activity.end) }}"),
    Name("say_time", "{{ say_time(meeting.start) }}"),
    Name("say_number", "{{ say_number(1234.5) }}"),
    Name("say_money", '{{ say_money(1200, "EUR") }}'),
    Name("say_country", '{{ say_country("SN") }}'),
    Name("say_holiday", '{{ say_holiday("BE", as_of) }}'),
    Name("say_code", '{{ say_code("people", "role", "coach") }}'),
    Name("brief", '{{ brief(case, "id") }}', ("bref", "kort")),
    Name("choice", '{{ choice(case, "id") }}', ("choix", "keuze")),
    Name("brief_day", "{{ brief_day(as_of) }}", ("jour_bref", "korte_dag")),
    Name("brief_span", "{{ brief_span(case.start, case.end) }}", ("du_au", "van_tot")),
    Name("brief_period", "{{ brief_period(case) }}", ("periode_breve", "korte_periode")),
    Name("brief_hours", "{{ brief_hours(meeting) }}", ("heures_breves", "korte_uren")),
    Name("brief_money", '{{ brief_money(1200, "EUR") }}', ("montant_bref", "kort_bedrag")),
    Name("say_percent", "{{ say_percent(0.25) }}"),
    Name("weekday", "{{ weekday(as_of) }}", ("jour_semaine", "dag_van_de_week")),
    Name("beside", "{% if beside(case.aim) | length == 2 %}…{% endif %}", ("cote_a_cote", "naast_elkaar")),
    Name("sees", '{% if sees(case, "id") %}…{% endif %}', ("voit", "ziet")),
    Name("anchor", "{{ anchor(case) }}", ("repere", "anker")),
    Name("link", "{{ link(case) }}", ("lien", "verwijzing")),
    Name("emblem", "{{ emblem() | width(12) }}", ("embleme", "embleem")),
    Name("logo", '{{ logo("logos/logo.svg") | height(12) }}'),
    Name("picture", '{{ picture("cachet.png") | width(40) }}', ("image", "afbeelding")),
    Name("timeline", "{{ timeline(case) }}", ("calendrier", "kalender"), frozenset({"partnerships"})),
    Name("stay_days", "{{ stay_days(case) }}", ("jours_du_sejour", "verblijfsdagen"), frozenset({"partnerships"})),
    Name("progress", "{{ progress(objective) }}", ("progression", "voortgang"), frozenset({"partnerships"})),
    Name("strip", "{{ strip(case) }}", tables=STAYS),
    Name("deadlines", "{{ deadlines(case) }}", ("echeances", "termijnen"), STAYS),
    Name("closures", "{% for day in closures(case) %}{{ day.name }}{% endfor %}", ("jours_feries", "feestdagen"),
         STAYS),
    Name("chart", '{{ chart("targets", case) }}', ("graphique", "grafiek"), PUBLISHED),
    Name("quotes", "{% for quote in quotes() %}{{ quote.text }}{% endfor %}", ("citations", "citaten"), PUBLISHED),
    Name("photographs", "{% for photo in photographs() %}{{ photo }}{% endfor %}", ("photos", "fotos"), PUBLISHED),
    Name("left_out", "{{ left_out() }}", tables=PUBLISHED),
    Name("met", "{% for each in met() %}{{ each.name }}{% endfor %}", tables=PUBLISHED),
    Name("pairs", "{% for pair in pairs() %}{{ pair.home }}{% endfor %}", tables=PUBLISHED),
    Name("company_words", "{{ company_words(company) }}", tables=PUBLISHED),
    Name("person_words", "{{ person_words(person) }}", tables=PUBLISHED),
    Name("number", "{{ number(result.number) }}", tables=PUBLISHED),
    Name("share", "{{ share(0.25) }}", tables=PUBLISHED),
    Name("legend", '{% for entry in legend("scores") %}{{ entry.label }}{% endfor %}', tables=PUBLISHED),
)  # fmt: skip
"""What a template calls, with the names that layouts have (``docs/layouts.md``)."""

FILTERS = (
    Name("paragraphs", "{{ case.notes | paragraphs }}", ("paragraphes", "alineas")),
    Name("lines", "{{ case.notes | lines }}", ("lignes", "regels")),
    Name("one_line", "{{ case.notes | one_line }}", ("une_ligne", "een_regel")),
    Name("bullets", "{{ case.notes | bullets }}", ("puces", "opsomming")),
    Name("markdown", "{{ case.text | markdown }}"),
    Name("table", '{{ case.objectives | table("title", "due") }}', ("tableau", "tabel")),
    Name("listed", "{{ names | listed }}", ("enumeration", "opgesomd")),
    Name("language_1", "{{ case.aim | language_1 }}", ("langue_1", "taal_1")),
    Name("language_2", "{{ case.aim | language_2 }}", ("langue_2", "taal_2")),
    Name("as_written", "{{ case.aim | as_written }}", ("tel_quel", "zoals_geschreven")),
    Name("short", "{{ case.title | short }}", ("court", "beknopt")),
    Name("to_come", '{{ "…" | to_come }}', ("a_venir", "volgt_nog")),
    Name("explains_marks", '{{ "…" | explains_marks }}', ("explique_les_marques", "legt_de_merken_uit")),
    Name("or_else", '{{ case.phone | or_else("—") }}', ("sinon", "anders")),
    Name("date", "{{ case.start | date }}", ("datum",)),
    Name("short_date", "{{ case.start | short_date }}", ("date_courte", "korte_datum")),
    Name("form_date", "{{ case.start | form_date }}", ("date_chiffres", "datum_cijfers")),
    Name("weekday", "{{ case.start | weekday }}", ("jour", "weekdag")),
    Name("time", "{{ meeting.start | time }}", ("heure", "uur")),
    Name("number", "{{ 1234.5 | number }}", ("nombre", "getal")),
    Name("money", '{{ 1200 | money("EUR") }}', ("montant", "bedrag")),
    Name("percent", "{{ 0.25 | percent }}", ("pourcentage", "procent")),
    Name("country", '{{ "SN" | country }}', ("pays", "land")),
    Name("by", '{%tr for o in case.objectives | by("due") %}', ("tri", "volgorde")),
    Name("where", '{%tr for p in case.people | where("role", "coach") %}', ("avec", "waar")),
    Name("through", '{%tr for a in case.activities | through("objective", "id", "O-1") %}', ("via",)),
    Name("width", "{{ emblem() | width(40) }}", ("largeur", "breedte")),
    Name("height", "{{ emblem() | height(12) }}", ("hauteur", "hoogte")),
    Name("described", '{{ picture("cachet.png") | described("…") }}', ("decrit", "beschreven")),
    Name("upper", "{{ case.family_name | upper }}", ("majuscules", "hoofdletters")),
    Name("capitalize", "{{ case.title | capitalize }}", ("majuscule", "hoofdletter")),
)
"""What may follow a value behind a bar, beside Jinja's own filters."""

OF_A_VALUE = (
    Name("label", "{{ case.start.label }}"),
    Name("raw", '{% if case.role.raw == "coach" %}'),
    Name("state", '{% if case.start.state == "pending" %}'),
)
"""What a value has beside its words; an empty one is false: ``{% if case.phone %}``."""

OF_A_RECORD = (
    Name("label", '{{ case.label("start") }}'),
    Name("raw", '{% if case.raw("role") == "coach" %}'),
    Name("state", '{{ case.state("start") }}'),
    Name("pending", '{{ case.pending("start") }}'),
)
"""What a record has beside its attributes."""


@lru_cache(maxsize=16)
def meanings(lang: str, templates: Templates = SHIPPED) -> Mapping[str, Mapping[str, str]]:
    """What every name means, in a language: by ``variables``, ``functions``, ``filters``, ``value``, ``record``,
    ``facts`` (by their record and name: ``person.age``)."""
    return templates.table(f"house/names/{lang}.toml")


def named(sort: str, name: str) -> Name:
    """A function or a filter with all its names. ``sort``: ``functions`` or ``filters``."""
    return next(each for each in {"functions": FUNCTIONS, "filters": FILTERS}[sort] if each.name == name)


def variables(table: Table) -> tuple[str, ...]:
    """The variables and functions of a template about this table, under all their names."""
    of_all = (each for each in (*VARIABLES, *FUNCTIONS) if not each.tables or table.name in each.tables)
    return (table.record, *(name for each in of_all for name in each.all))


def filters() -> tuple[str, ...]:
    """The filters beside Jinja's own, under all their names."""
    return tuple(name for each in FILTERS for name in each.all)


def attributes(tables: Tables, table: Table, audience: str) -> tuple[Attribute, ...]:
    """What a record of the table has that readers of this class may see: fields, references, lists, facts."""
    found = (*_fields(tables, table), *_backs(tables, table, audience), *_facts(table))
    return tuple(each for each in found if AUDIENCES.index(each.audience) <= AUDIENCES.index(audience))


def _fields(tables: Tables, table: Table) -> Iterator[Attribute]:
    for field in table.fields.values():
        sort = FIELD if not field.ref else RECORDS if field.type == "array" else RECORD
        yield Attribute(field.name, sort, field.audience, field.ref)


def _backs(tables: Tables, table: Table, audience: str) -> Iterator[Attribute]:
    for name, field in back_references(tables, table.name).items():
        owner = tables[field.table]
        sort = RECORD if owner.stands_alone(field.name) else RECORDS
        if may_see(audience, owner):
            yield Attribute(name, sort, AUDIENCES[0], owner.name)


def _facts(table: Table) -> Iterator[Attribute]:
    for name in facts.names(table.record):
        found = facts.given(table.record, name)
        sort = FACT if not found.table else RECORDS if found.several else RECORD
        yield Attribute(name, sort, facts.audience(table.record, name), found.table)
