"""Versions of record in the words of authors: the journal reference and the comment of an arXiv record.

Both are free text. What has one of the shapes below is taken apart, all else stays as it stands.
"""

import re

from .model import Reference
from .text import clean, one_line

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_PAGES = r"(?P<pages>[A-Za-z]?[0-9]+(?:(?: ?[-‐‑‒–—]+ ?|:)[A-Za-z]?[0-9]+)*)"
_VOLUME = r"(?P<volume>[0-9]{1,4}|[IVXLC]+)(?: ?\((?P<number>[0-9]+(?:[-–][0-9]+)?)\))?"
_NAME = r"(?P<journal>[A-Z][^0-9,;:()\[\]@]*[A-Za-z.](?: \([A-Z]{2,}\))?)"
_MONTH = r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? )?"
# Journal of Machine Learning Research 21 (2020) 1-67
_YEAR_INSIDE = rf"{_NAME},? {_VOLUME},? \({_YEAR}\)(?:[,:]? (?:pp?\.? ?)?{_PAGES})?"
# Phys. Rev. Lett. 116, 061102 (2016); Nature, 529(7587):484-489, 2016
_YEAR_LAST = rf"{_NAME},? {_VOLUME}[,:] ?(?:pp?\.? ?)?{_PAGES}(?:, ?| (?=\())\(?{_YEAR}\)?"
# Neural Computation, vol. 9, no. 8, pp. 1735-1780, Nov. 1997
_LABELLED = (
    rf"{_NAME},? [Vv]ol(?:ume|\.)? ?{_VOLUME},?(?: (?:[Nn]o\.?|[Nn]umber|[Ii]ssue) ?(?P<issue>[0-9]+),?)?"
    rf"(?: (?:pages?|pp?\.?) ?{_PAGES},?)? \(?{_MONTH}{_YEAR}\)?"
)
# Transactions on Machine Learning Research (2022)
_NO_VOLUME = (
    r"(?=.*\b(?:Journal|J\.|Transactions|Trans\.|Letters|Lett\.|Annals|Nature|Science))"
    rf"{_NAME}(?:, ?| (?=\())\(?{_YEAR}\)?"
)
_ARTICLES = tuple(map(re.compile, (_YEAR_INSIDE, _YEAR_LAST, _LABELLED, _NO_VOLUME)))
# In Proceedings of NAACL, 2019, pages 4171-4186; Proceedings of ICML, PMLR 119:5156-5165, 2020
_ANY_YEAR = r"(?:, ?(?:19|20)[0-9]{2}| \((?:19|20)[0-9]{2}\))"
_PROCEEDINGS = re.compile(
    r"(?:In:? ?)?(?P<booktitle>(?:Proceedings of|Proc\.|Advances in Neural Information) .+?)"
    rf"(?:,? PMLR (?P<volume>[0-9]+): ?{_PAGES.replace('pages', 'first')})?{_ANY_YEAR}?"
    rf"(?: ?[,:]? \(?(?:pages?|pp?\.) ?{_PAGES}\)?)?(?P<place>(?:, [A-Z][\w. -]+){{1,2}}(?=, ))?{_ANY_YEAR}?"
)
_CONFERENCES = (
    "AACL AAAI ACL AISTATS ASPLOS BMVC CCS CHI CIKM COLING COLM COLT CVPR CoLM CoNLL CoRL EACL ECCV ECIR EMNLP EuroSys "
    "FAccT FOCS HPCA ICASSP ICCV ICDE ICLR ICML ICRA ICSE IJCAI INTERSPEECH Interspeech ISCA ISSTA KDD LREC MICCAI "
    "MICRO MLSys NAACL NIPS NSDI NeurIPS OSDI PLDI RSS SC SIGGRAPH SIGIR SIGMOD SOSP STOC UAI WACV WMT WSDM WWW"
).split()
_JOURNALS = {
    "TMLR": "Transactions on Machine Learning Research",
    "JMLR": "Journal of Machine Learning Research",
    "TACL": "Transactions of the Association for Computational Linguistics",
}
_NAMED = re.compile(
    rf"(?<![\w/.-])(?P<venue>{'|'.join((*_CONFERENCES, *_JOURNALS))})(?:-HLT)?(?: Findings)?"
    rf"(?:[\s,()-]{{0,3}}{_YEAR}| ?['’](?P<short>[0-9]{{2}}))(?![0-9])"
)
_NO_JOURNAL = re.compile(
    rf"\b(?:{'|'.join(_CONFERENCES)}|(?i:proceedings|proc|conference|conf|workshop|symposium|meeting|advances in neural"
    r"|lecture notes|chapter|thesis|accepted|published|appears?|submitted))\b"
)
# Journals by another name, which are counted in volumes.
_SERIAL = re.compile(
    r"National Academy|Royal Society|Endowment|Proc\. ACM \w+\."
    r"|Proc(?:eedings of the|\.) (?:IEEE|ACM)(?= on |,| [0-9(]|$)"
)
_NO_BOOK = re.compile(r"[0-9] ?[-–] ?[0-9]+(?![0-9]| [A-Z])|\b(?:pp|pages?|vol|doi)\b|[;@]|://", re.IGNORECASE)
_UNPUBLISHED = re.compile(
    r"\b(?:submi(?:tted|ssion)|under (?:[\w-]+ ){0,3}review|in preparation|rejected|preprint|arxiv|corr)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:to appear|accepted|in press|forthcoming|to be published)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;](?:\s+|$)|\n")
_YEARS = re.compile(r"(?<![0-9./:-])(?:19|20)[0-9]{2}(?![0-9./:-])")

_LONGEST = 2000
"""Characters of a comment that are read."""


def plain(text: str) -> str:
    """Text of a service on one line, without HTML."""
    return one_line(clean(text))


def pages_of(text: str) -> str:
    """Pages with single hyphens between first and last."""
    return re.sub(r" ?[-‐‑‒–—]+ ?", "-", plain(text))


def is_to_come(journal_ref: str) -> bool:
    """Whether a journal reference speaks of what has not come out yet."""
    return _TO_COME.search(journal_ref) is not None


def read_journal_ref(journal_ref: str, doi: str | None) -> Reference | None:
    """The reference that a journal reference is; `misc` with its words where it has no certain shape.

    Args:
        journal_ref: as arXiv gives it.
        doi: that of the same record.

    Returns:
        None where it names no publication, as in "submitted to Nature".
    """
    text = plain(journal_ref)
    if not text or _UNPUBLISHED.search(text):
        return None
    bare = text.rstrip(". ")
    return _article(bare, doi) or _inproceedings(bare, doi) or _as_it_stands(text, doi)


def _article(text: str, doi: str | None) -> Reference | None:
    for shape in _ARTICLES:
        if (match := shape.fullmatch(text)) and not _NO_JOURNAL.search(match["journal"]):
            said = match.groupdict("")
            return Reference(
                type="article",
                year=said["year"],
                journal=said["journal"],
                volume=said.get("volume") or None,
                number=said.get("number") or said.get("issue") or None,
                pages=pages_of(said.get("pages", "")) or None,
                doi=doi,
            )
    return None


def _inproceedings(text: str, doi: str | None) -> Reference | None:
    match = _PROCEEDINGS.fullmatch(text)
    years = set(_YEARS.findall(text))
    if not match or len(years) != 1 or _NO_BOOK.search(match["booktitle"]) or _SERIAL.search(text):
        return None
    return Reference(
        type="inproceedings",
        year=years.pop(),
        booktitle=match["booktitle"],
        volume=match["volume"],
        pages=pages_of(match["first"] or match["pages"] or "") or None,
        doi=doi,
    )


def _as_it_stands(text: str, doi: str | None) -> Reference:
    years = set(_YEARS.findall(text))
    return Reference(type="misc", year=years.pop() if len(years) == 1 else None, howpublished=text, doi=doi)


def read_comment(comment: str) -> Reference | None:
    """The one venue that a comment names with its year, as in "Accepted at NeurIPS 2023"; None for none or several."""
    sentences = map(plain, _SENTENCE.split(comment[:_LONGEST]))
    found = {
        _venue(match, sentence)
        for sentence in sentences
        if not _UNPUBLISHED.search(sentence)
        for match in _NAMED.finditer(sentence)
    }
    return found.pop() if len(found) == 1 else None


def _venue(match: re.Match[str], sentence: str) -> Reference:
    short = match["short"]
    year = match["year"] or f"{'19' if short >= '91' else '20'}{short}"
    venue = match["venue"]
    if re.search("workshop", sentence, re.IGNORECASE):
        return Reference(type="misc", year=year, howpublished=sentence)
    if venue in _JOURNALS:
        return Reference(type="article", year=year, journal=_JOURNALS[venue])
    findings = "Findings of " if re.search("findings", sentence, re.IGNORECASE) else ""
    return Reference(type="inproceedings", year=year, booktitle=f"{findings}{venue} {year}")
