"""arXiv's OAI-PMH interface, one record at a time: all versions and withdrawals, which the query API does not tell.

Format `arXivRaw` of https://oaipmh.arxiv.org/oai (https://info.arxiv.org/help/oa/index.html); its text is TeX as the
authors typed it. Its errors come with status 200.
"""

from typing import TYPE_CHECKING

from ..identifiers import parse_arxiv
from ..model import Metadata
from .progress import Progress
from .records import VERSION, abstract_of, doi_of, line_or_none, moment, says_withdrawn, split_authors
from .service import RecordService, Service
from .trouble import RefusedError, UnusableError
from .xmlread import read_xml, refuse_markup

if TYPE_CHECKING:
    from lxml import etree

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_RAW = "{http://arxiv.org/OAI/arXivRaw/}"
_WITHDRAWN = "I"
"""`source_type` of a version that is a notice of withdrawal."""


class ArxivOai(RecordService):
    """The OAI interface; it says that a work does not exist."""

    def __init__(self, progress: Progress, day: str) -> None:
        address = "https://oaipmh.arxiv.org/oai"
        super().__init__(
            Service("arXiv's OAI", variable="ARXIV_OAI_URL", address=address, pace=3, progress=progress), day
        )

    def _get(self, arxiv_id: str) -> Metadata | None:
        asked = {"verb": "GetRecord", "identifier": f"oai:arXiv.org:{arxiv_id}", "metadataPrefix": "arXivRaw"}
        try:
            tree = read_xml(self._service.get(**asked).content, f"{_OAI}OAI-PMH")
        except RefusedError as error:
            raise UnusableError(str(error)) from error
        if (complaint := tree.find(f"{_OAI}error")) is not None:
            if complaint.get("code") == "idDoesNotExist":
                return None
            raise UnusableError(f"OAI error {complaint.get('code')}")
        raw = tree.find(f"{_OAI}GetRecord/{_OAI}record/{_OAI}metadata/{_RAW}arXivRaw")
        if raw is None or parse_arxiv(raw.findtext(f"{_RAW}id", "")) != (arxiv_id, None):
            raise UnusableError("an OAI record of something else")
        refuse_markup(raw, structure=(f"{_RAW}arXivRaw", f"{_RAW}version"))
        try:
            return _record(raw, arxiv_id, self._day)
        except ValueError as error:
            raise UnusableError("an OAI record that is not whole") from error


def _record(raw: "etree._Element", arxiv_id: str, day: str) -> Metadata:
    versions = [(_number(version), version) for version in raw.findall(f"{_RAW}version")]
    _, first = min(versions, key=lambda pair: pair[0])
    number, last = max(versions, key=lambda pair: pair[0])
    categories = tuple((_text(raw, "categories") or "").split())
    title, authors = _text(raw, "title"), split_authors(_text(raw, "authors") or "")
    if not title or not authors or not categories:
        raise ValueError(arxiv_id)
    return Metadata(
        arxiv=arxiv_id,
        version=number,
        title=title,
        authors=authors,
        published=moment(first.findtext(f"{_RAW}date", "")),
        updated=moment(last.findtext(f"{_RAW}date", "")),
        primary_category=categories[0],
        categories=categories,
        comment=_text(raw, "comments"),
        journal_ref=_text(raw, "journal-ref"),
        doi=doi_of(_text(raw, "doi")),
        abstract=abstract_of(raw.findtext(f"{_RAW}abstract")),
        withdrawn=last.findtext(f"{_RAW}source_type") == _WITHDRAWN or says_withdrawn(_text(raw, "comments")),
        retrieved=day,
        source="arxiv-oai",
    )


def _number(version: "etree._Element") -> int:
    found = VERSION.fullmatch(version.get("version") or "")
    if not found:
        raise ValueError(version.get("version"))
    return int(found[1])


def _text(raw: "etree._Element", name: str) -> str | None:
    return line_or_none(raw.findtext(_RAW + name))
