"""arXiv's OAI-PMH: GetRecord in the formats arXivRaw, arXiv and oai_dc. Errors come with status 200."""

import re
import unicodedata
from datetime import datetime
from email.utils import format_datetime
from textwrap import fill
from xml.sax.saxutils import escape

from .replies import TEXT, XML, Reply, said

NOW = "2026-11-20T00:00:00Z"
PREFIX = "oai:arXiv.org:"
_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
  <responseDate>{now}</responseDate>
  <request{attributes}>http://oaipmh.arxiv.org/oai</request>
{content}</OAI-PMH>
"""
_RECORD = """    <record>
      <header>
        <identifier>{identifier}</identifier>
        <datestamp>{stamp}</datestamp>
{sets}      </header>
      <metadata>
{metadata}      </metadata>
    </record>
"""
_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0308": '"',
    "\u030a": "r ",
    "\u030b": "H",
    "\u030c": "v ",
    "\u0327": "c ",
}
_LETTERS = {"ß": r"{\ss}", "ø": r"{\o}", "Ø": r"{\O}", "ł": r"{\l}", "Ł": r"{\L}", "æ": r"{\ae}"}


def ids(request):
    """The identifier that a request asks for, without the prefix."""
    return tuple(name.removeprefix(PREFIX) for name in request.fields.get("identifier", ()))


def answer(shelf, request):
    """A record, or the error that says why there is none; the HTTP status is 200 either way."""
    if request.path != "/oai":
        return said(404, "Not Found", TEXT)
    fields = request.fields
    if fields.get("verb") != ["GetRecord"]:
        return _error("badVerb", "Illegal verb")
    if fields.keys() != {"verb", "identifier", "metadataPrefix"} or any(len(values) > 1 for values in fields.values()):
        return _error("badArgument", "The request has illegal, missing or repeated arguments")
    identifier, style = fields["identifier"][0], fields["metadataPrefix"][0]
    if style not in _FORMATS:
        return _error("cannotDisseminateFormat", f"{style} is not supported")
    work = shelf.at("oai", identifier.removeprefix(PREFIX)) if identifier.startswith(PREFIX) else None
    if work is None:
        return _error("idDoesNotExist", f"{identifier} is unknown")

    def make(work):
        return work.arxiv, _record(work, _FORMATS[style](work))

    def frame(entries, _):
        attributes = f' verb="GetRecord" identifier="{escape(identifier)}" metadataPrefix="{style}"'
        content = f"  <GetRecord>\n{''.join(entries)}  </GetRecord>\n"
        return _ENVELOPE.format(now=NOW, attributes=attributes, content=content)

    return Reply(kind=XML, items=(make(work),), total=1, frame=frame, make=make, is_single=True)


def _error(code, message):
    content = f'  <error code="{code}">{escape(message)}</error>\n'
    return said(200, _ENVELOPE.format(now=NOW, attributes="", content=content), XML)


def _record(work, metadata):
    sets = []
    for category in work.categories:
        archive, _, rest = category.partition(".")
        group = archive if archive in ("cs", "math", "stat", "q-bio", "q-fin", "eess", "econ") else "physics"
        sets.append(f"        <setSpec>{':'.join(filter(None, (group, archive, rest)))}</setSpec>\n")
    stamp = work.versions[-1][:10]
    return _RECORD.format(identifier=f"{PREFIX}{work.arxiv}", stamp=stamp, sets="".join(sets), metadata=metadata)


def _elements(pairs):
    """Elements of the pairs that have a text, each on a line."""
    return "".join(f"          <{name}>{escape(text)}</{name}>\n" for name, text in pairs if text)


def _raw(work):
    """Every version, and the text as the authors sent it: TeX in lines of 80 signs, the authors in one string."""
    versions = "".join(
        f'          <version version="v{number}">\n'
        f"            <date>{format_datetime(datetime.fromisoformat(moment), usegmt=True)}</date>\n"
        f"            <size>{number}kb</size>\n"
        + ("            <source_type>I</source_type>\n" if work.withdrawn and number == work.version else "")
        + "          </version>\n"
        for number, moment in enumerate(work.versions, 1)
    )
    names = [f"{name} ({affiliation})" if affiliation else name for name, affiliation in work.people]
    authors = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
    given = {
        "title": _wrapped(to_tex(work.title)),
        "authors": _wrapped(to_tex(authors)),
        "comment": work.comment and to_tex(work.comment),
        "abstract": to_tex(work.abstract),
        **work.raw,
    }
    return (
        '        <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">\n'
        + _elements([("id", work.arxiv), ("submitter", work.people[0][0] if work.people else None)])
        + versions
        + _elements([("title", given["title"]), ("authors", given["authors"])])
        + _elements([("categories", " ".join(work.categories)), ("comments", given["comment"])])
        + _elements([("journal-ref", work.journal_ref), ("doi", " ".join(work.dois))])
        + _elements([("license", "http://arxiv.org/licenses/nonexclusive-distrib/1.0/")])
        + _elements([("abstract", given["abstract"])])
        + "        </arXivRaw>\n"
    )


def _arxiv(work):
    """Authors with their surnames; `created` is the day of the latest version, by a fault of the service."""
    authors = "".join(
        "            <author>\n"
        + _elements([("keyname", family), ("forenames", given)]).replace("          <", "              <")
        + "            </author>\n"
        for given, family in (surname(name) for name, _ in work.people)
    )
    return (
        '        <arXiv xmlns="http://arxiv.org/OAI/arXiv/">\n'
        + _elements([("id", work.arxiv), ("created", work.versions[-1][:10])])
        + f"          <authors>\n{authors}          </authors>\n"
        + _elements([("title", work.title), ("categories", " ".join(work.categories)), ("comments", work.comment)])
        + _elements([("journal-ref", work.journal_ref), ("doi", " ".join(work.dois))])
        + _elements([("license", "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"), ("abstract", work.abstract)])
        + "        </arXiv>\n"
    )


def _dublin_core(work):
    pairs = [("dc:title", work.title)]
    pairs += [("dc:creator", ", ".join(filter(None, reversed(surname(name))))) for name, _ in work.people]
    pairs += [("dc:date", moment[:10]) for moment in dict.fromkeys((work.versions[0], work.versions[-1]))]
    pairs += [("dc:type", "text"), ("dc:identifier", f"http://arxiv.org/abs/{work.arxiv}")]
    space = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"        <oai_dc:dc {space}>\n{_elements(pairs)}        </oai_dc:dc>\n"


_FORMATS = {"arXivRaw": _raw, "arXiv": _arxiv, "oai_dc": _dublin_core}


def surname(name):
    """(forenames, surname) of a name; a group and a single word have no forenames."""
    if re.search(r"(?:Team|Collaboration|Workshop)$", name) or " " not in name:
        return "", name
    words = name.split()
    first = next((place for place, word in enumerate(words) if word[0].islower()), len(words) - 1)
    return " ".join(words[: first or 1]), " ".join(words[first or 1 :])


def to_tex(text):
    r"""Accents as TeX commands, as authors send them: `Erd\H{o}s`; formulas and commands stay as they are."""
    found = []
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", letter)
        if len(marks) == 1 and marks[0] in _ACCENTS:
            found.append(f"\\{_ACCENTS[marks[0]].strip()}{{{base}}}")
        else:
            found.append(_LETTERS.get(letter, letter))
    return "".join(found)


def _wrapped(text):
    return fill(text, 80, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
