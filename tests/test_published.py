"""Proposals of a version of record: what is sure, what is for review, and what is written into a note."""
# ruff: noqa: E501  tables read best with a case on a line

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import REPOSITORY

from pipeline.identifiers import DOI
from pipeline.journal_refs import read_comment, read_journal_ref
from pipeline.model import NEEDED, Citation, Metadata, Note, Published, Reference
from pipeline.notes import parse_note
from pipeline.notes.writing import with_reference
from pipeline.published import describe, propose

NOTE = Note(
    path="bert.md", lines={}, key="bert", name="BERT", heading="Words", kind="model", branch="b", arxiv="1810.04805"
)
RECORD = Metadata(
    arxiv="1810.04805", title="Words", authors=("Ada Byron",), published="2018-10-11T00:50:01Z", source="arxiv-api"
)
NAACL = Published(
    venue="Proceedings of NAACL", kind="conference", year="2019", acl="N19-1423", dblp="conf/naacl/DevlinCLT19"
)
PAPERS = sorted((REPOSITORY / "data/papers").glob("*.md"))


def proposed(published=None, note=NOTE, **record):
    """The proposal for the note by what is said of it."""
    citation = Citation(
        key="bert", source="semantic-scholar", complete=True, references=0, cites=(), published=published
    )
    return propose(note, replace(RECORD, **record), [citation])


def said(reference):
    """The fields that a reference has."""
    return {name: getattr(reference, name) for name in Reference.__slots__ if getattr(reference, name)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Journal of Machine Learning Research 21 (2020) 1-67",
            ("article", "2020", "Journal of Machine Learning Research", "21", None, "1-67"),
        ),
        (
            "J. Mach. Learn. Res. 15(56) (2014) 1929–1958.",
            ("article", "2014", "J. Mach. Learn. Res.", "15", "56", "1929-1958"),
        ),
        ("Nature volume 645, pages 633-638 (2025)", ("article", "2025", "Nature", "645", None, "633-638")),
        ("Phys. Rev. Lett. 116, 061102 (2016)", ("article", "2016", "Phys. Rev. Lett.", "116", None, "061102")),
        ("Nature, 529(7587):484-489, 2016", ("article", "2016", "Nature", "529", "7587", "484-489")),
        (
            "Neural Computation, vol. 9, no. 8, pp. 1735-1780, Nov. 1997",
            ("article", "1997", "Neural Computation", "9", "8", "1735-1780"),
        ),
        (
            "Journal of Ants &amp; Bees (JAB), Vol.3, No.1, January 2012",
            ("article", "2012", "Journal of Ants & Bees (JAB)", "3", "1", None),
        ),
        (
            "Transactions on Machine Learning Research (2022)",
            ("article", "2022", "Transactions on Machine Learning Research", None, None, None),
        ),
        ("Proceedings of NAACL, 2019, pages 1-9", ("inproceedings", "2019", "Proceedings of NAACL", None, None, "1-9")),
        (
            "In Proc. 2023 Meeting (ME), pp. 66--69",
            ("inproceedings", "2023", "Proc. 2023 Meeting (ME)", None, None, "66-69"),
        ),
        (
            "Proceedings of the 37th ICML, PMLR 119:5156-5165, 2020",
            ("inproceedings", "2020", "Proceedings of the 37th ICML", "119", None, "5156-5165"),
        ),
        (
            "Advances in Neural Information Processing Systems 30 (2017)",
            ("inproceedings", "2017", "Advances in Neural Information Processing Systems 30", None, None, None),
        ),
        (
            "Proceedings of the IEEE/CVF Conference on Sight, 2020",
            ("inproceedings", "2020", "Proceedings of the IEEE/CVF Conference on Sight", None, None, None),
        ),
    ],
)
def test_journal_refs(text, expected):
    """A journal reference of a certain shape is taken apart."""
    reference = read_journal_ref(text, "10.1234/x")
    venue = reference.journal or reference.booktitle

    assert (reference.type, reference.year, venue, reference.volume, reference.number, reference.pages) == expected
    assert reference.doi == "10.1234/x"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Published on ICML 2020", "2020"),
        ("ActaAstron.56:1-50,2006", "2006"),
        ("ICML 37 (2020) 1-9", "2020"),
        ("AAAI, 2020", "2020"),
        ("Workshop on Ants 3 (2020) 1-9", "2020"),
        ("Proceedings of the IEEE 86 (1998) 2278-2324", "1998"),
        ("Proceedings of the National Academy of Sciences, 2019, pages 1-9", "2019"),
        ("Proc. ACM Program. Lang. 4, POPL (2020)", "2020"),
        ("In Proc. ISSTA 2020, pages 14-26. ACM, 2020", "2020"),
        ("Proceedings of the 2021 Meeting, 2022, pp. 1-2", None),
        ("Nature", None),
    ],
)
def test_other_journal_refs(text, year):
    """All else stays as it stands, with the one year that it holds."""
    assert said(read_journal_ref(text, None)) == said(Reference(type="misc", year=year, howpublished=text))


@pytest.mark.parametrize(
    "text", ["", "Submitted to Nature", "under peer review at JMLR", "arXiv:1810.04805", "arXiv preprint"]
)
def test_no_journal_refs(text):
    """What has appeared nowhere is no version of record."""
    assert read_journal_ref(text, "10.1234/x") is None


@pytest.mark.parametrize(
    ("comment", "venue"),
    [
        ("Accepted at NeurIPS 2023", "NeurIPS 2023"),
        ("Published as a conference paper at ICLR 2021", "ICLR 2021"),
        ("EMNLP 2020 (main)", "EMNLP 2020"),
        ("ACL'19", "ACL 2019"),
        ("10 pages. To appear in NIPS’98; code at https://a.example/ICML2020", "NIPS 1998"),
        ("NAACL-HLT 2019, 9 pages", "NAACL 2019"),
        ("Accepted to EMNLP Findings 2020", "Findings of EMNLP 2020"),
        ("Findings of ACL (2021)", "Findings of ACL 2021"),
        ("TMLR, 2022", "Transactions on Machine Learning Research"),
        ("NeurIPS 2022 Workshop on Ants", "NeurIPS 2022 Workshop on Ants"),
        ("ICML 2020. Camera ready for ICML 2020", "ICML 2020"),
        ("", None),
        ("9 pages, 2020", None),
        ("Submitted to ICLR 2021", None),
        ("Under double-blind review at ICLR 2021", None),
        ("ICML 2020; extends our ICLR 2019 paper", None),
        ("ICML 20 pages", None),
        ("RACL 2020, ACL 20201", None),
    ],
)
def test_comments(comment, venue):
    """A comment names one venue with its year, or nothing."""
    found = read_comment(comment)

    assert (found and (found.booktitle or found.journal or found.howpublished)) == venue


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (
            NAACL,
            {"type": "inproceedings", "year": "2019", "booktitle": "Proceedings of NAACL", "doi": "10.18653/v1/N19-1423"},
        ),
        (
            Published(venue="NIPS", year="2017", dblp="conf/nips/VaswaniSPUJGKP17", pages="\n   5998--6008 "),
            {"type": "inproceedings", "year": "2017", "booktitle": "NIPS", "pages": "5998-6008"},
        ),
        (
            Published(venue="J. Mach. Learn. Res.", year="2020", dblp="journals/jmlr/RaffelSR20a", volume="21", pages="140:1-140:67"),
            {"type": "article", "year": "2020", "journal": "J. Mach. Learn. Res.", "volume": "21", "pages": "140:1-140:67"},
        ),
        (
            Published(venue="ICML", kind="journal", year="2023", dblp="conf/icml/0001KA23", volume="abs/1", pages="1-2"),
            {"type": "inproceedings", "year": "2023", "booktitle": "ICML"},
        ),
        (
            Published(venue="Mind", kind="journal", year="2050", doi="https://doi.org/10.1093/MIND/LIX.236.433"),
            {"type": "article", "year": "2050", "journal": "Mind", "doi": "10.1093/mind/lix.236.433"},
        ),
        (
            Published(venue="LREC", year="2020", acl="2020.lrec-1.297"),
            {"type": "inproceedings", "year": "2020", "booktitle": "LREC", "url": "https://aclanthology.org/2020.lrec-1.297"},
        ),
        (
            Published(venue="TACL", kind="journal", year="2020", acl="Q20-1001"),
            {"type": "article", "year": "2020", "journal": "TACL", "url": "https://aclanthology.org/Q20-1001"},
        ),
        (Published(venue="Ants", year="2020", doi="10.1234/x"), {"type": "misc", "year": "2020", "howpublished": "Ants", "doi": "10.1234/x"}),
        (Published(venue="arXiv.org", year="2018", doi="10.1234/x"), {"type": "misc", "doi": "10.1234/x"}),
        (Published(venue="<i>Ants</i> &amp; Bees", kind="journal", doi="10.1234/x"), {"type": "article", "journal": "Ants & Bees", "doi": "10.1234/x"}),
    ],
)  # fmt: skip
def test_confirmed(published, expected):
    """What an identifier confirms is sure, and has the words of the service."""
    found = proposed(published)

    assert said(found.reference) == expected
    assert (found.source, found.sure, found.key) == ("Semantic Scholar", True, "bert")


@pytest.mark.parametrize(
    ("published", "record", "why"),
    [
        (Published(venue="NAACL", kind="conference", year="2019"), {}, "no identifier confirms it"),
        (replace(NAACL, year="2018"), {}, "ACL N19-1423 is not of 2018; DBLP conf/naacl/DevlinCLT19 is not of 2018"),
        (replace(NAACL, acl=None, year="2018"), {}, "DBLP conf/naacl/DevlinCLT19 is not of 2018"),
        (replace(NAACL, acl=None, dblp=None, doi="10.18653/v1/2020.acl-main.703"), {}, "ACL 2020.acl-main.703 is not of 2019"),
        (replace(NAACL, acl=None, dblp="journals/corr/abs-1810-19"), {}, "no identifier confirms it"),
        (replace(NAACL, acl=None, dblp="journals/corr/Devlin19"), {}, "no identifier confirms it"),
        (Published(venue="NAACL", dblp="conf/naacl/DevlinCLT19"), {}, "no identifier confirms it"),
        (Published(venue="Ants", year="2016", doi="10.1234/x"), {}, "2016 lies before the first version, 2018"),
        (NAACL, {"comment": "NAACL 2020"}, "arXiv says 2020"),
        (None, {"comment": "NAACL 2019"}, "only the comment on arXiv says so"),
        (None, {"journal_ref": "Nature 5 (2016) 1-2"}, "2016 lies before the first version, 2018"),
        (None, {"journal_ref": "accepted by Nature (2019)"}, "it may not have come out yet"),
        (None, {"doi": "10.1234/x", "unverified": ("doi",)}, "no record confirmed doi"),
    ],
)  # fmt: skip
def test_for_review(published, record, why):
    """What nothing confirms, or something speaks against, is proposed for review."""
    found = proposed(published, **record)

    assert (found.sure, found.why) == (False, why)
    assert describe(found).endswith(f"; to be reviewed: {why})")


@pytest.mark.parametrize(
    ("published", "record"),
    [
        (None, {}),
        (None, {"comment": "12 pages"}),
        (None, {"doi": "10.48550/arXiv.1810.04805"}),
        (Published(venue="arXiv.org", kind="journal", year="2018", volume="abs/1810.04805"), {}),
        (Published(venue="ArXiv", year="2018"), {}),
        (Published(venue="CoRR", year="2018", dblp="journals/corr/abs-1810-04805"), {}),
        (Published(venue="CoRR abs/1810.04805", year="2018"), {}),
        (Published(venue="", year="2018", doi="10.48550/ARXIV.1810.04805"), {}),
        (NAACL, {"withdrawn": True}),
        (NAACL, {"title": "Quite another work"}),
    ],
)
def test_nothing_to_propose(published, record):
    """A preprint that has appeared nowhere, was withdrawn, or has the record of another work gets no proposal."""
    assert proposed(published, **record) is None


@pytest.mark.parametrize("changes", [{"arxiv": None}, {"reference": Reference(type="misc", url="https://a.example")}])
def test_hand_written_references_stay(changes):
    """Where somebody has written a reference, or arXiv does not have the work, nothing is proposed."""
    assert proposed(NAACL, replace(NOTE, **changes)) is None


def test_without_a_record():
    """The month of the identifier stands for the first version where no record is there."""
    citation = Citation(key="bert", source="semantic-scholar", complete=True, references=0, cites=(), published=NAACL)
    early = replace(citation, published=Published(venue="Ants", year="2016", doi="10.1234/x"))

    assert propose(NOTE, None, [citation]).sure
    assert not propose(NOTE, None, [early]).sure


@pytest.mark.parametrize(
    ("record", "source", "kind"),
    [
        ({}, "Semantic Scholar", "inproceedings"),
        # The words of a journal reference that cannot be taken apart say less than a service that agrees.
        ({"journal_ref": "Published on NAACL 2019"}, "Semantic Scholar", "inproceedings"),
        ({"doi": "10.18653/V1/N19-1423"}, "Semantic Scholar", "inproceedings"),
        ({"comment": "NAACL 2019"}, "Semantic Scholar", "inproceedings"),
        # What contradicts arXiv is of another version.
        ({"journal_ref": "Published on ACL 2020"}, "arXiv", "misc"),
        ({"doi": "10.1234/other"}, "arXiv", "misc"),
        ({"journal_ref": "Ants 5 (2019) 1-2"}, "arXiv", "article"),
    ],
)
def test_the_best_record_wins_whole(record, source, kind):
    """One record gives all fields: arXiv's, unless a service that agrees knows more."""
    found = proposed(NAACL, **record)

    assert (found.source, found.reference.type, found.sure) == (source, kind, True)
    if source == "arXiv":
        assert found.reference.doi == record.get("doi")
    else:
        assert found.reference == proposed(NAACL).reference


@pytest.mark.parametrize(
    ("published", "record", "line"),
    [
        (NAACL, {}, "bert: Proceedings of NAACL, 2019, doi:10.18653/v1/N19-1423 (Semantic Scholar)"),
        (None, {"journal_ref": "Published on ICML 2020"}, "bert: Published on ICML 2020 (arXiv)"),
        (None, {"doi": "10.1234/x"}, "bert: doi:10.1234/x (arXiv)"),
        (
            None,
            {"comment": "ICML 2023 Oral"},
            "bert: ICML 2023 (arXiv; to be reviewed: only the comment on arXiv says so)",
        ),
    ],
)
def test_proposals_are_printed(published, record, line):
    """A proposal is one line."""
    assert describe(proposed(published, **record)) == line


WORDS = (
    st.none()
    | st.text(max_size=30)
    | st.sampled_from(["NAACL", "arXiv", "2019", "N19-1423", "conf/a/B19", "1-9", "abs/1"])
)


@given(
    st.builds(
        Published, venue=WORDS, kind=st.sampled_from([None, "conference", "journal"]), year=WORDS, doi=WORDS | st.just("10.1234/x"),
        acl=WORDS, dblp=WORDS, volume=WORDS, pages=WORDS,
    ),
    WORDS | st.from_regex(r"(Proceedings of |Journal )[a-zA-Z ,.:()0-9-]{0,40}(2019|2020)"),
    WORDS,
)  # fmt: skip
def test_any_answer(published, journal_ref, comment):
    """Whatever services say, a proposal is whole, can be written into a note, and reads back."""
    found = proposed(published, journal_ref=journal_ref, comment=comment)

    if found:
        assert all(getattr(found.reference, name) for name in NEEDED[found.reference.type])
        assert found.reference.doi is None or DOI.fullmatch(found.reference.doi)
        assert "\n" not in describe(found)
        note, problems = parse_note(with_reference(TEXT, found.reference), Path("bert.md"))
        assert problems == []
        assert note.reference == found.reference


TEXT = """---
name: BERT # what people call it
arxiv: "1810.04805"
citekey: devlin2019bert
kind:   model
branch: 'b'
# of the card
card:
  parameters: [110M]
links: {code: https://a.example}
---
# Words

A summary.
---
"""
REFERENCE = Reference(type="inproceedings", year="2019", booktitle="Proceedings: of #1", doi="10.18653/v1/N19-1423")
BLOCK = """reference:
  type: inproceedings
  year: 2019
  booktitle: "Proceedings: of #1"
  doi: 10.18653/v1/N19-1423
"""


def without(text, *names):
    """A note without some of its fields."""
    return re.sub(rf"(?m)^(?:{'|'.join(names)}):.*\n(?:(?: |- ).*\n)*", "", text)


def bare(note):
    """A note without where it stands and without its reference."""
    links = {name: tuple(replace(link, line=0) for link in getattr(note, name)) for name in ("builds_on", "relates_to")}
    references = tuple((key, 0) for key, _ in note.cross_references)
    return replace(note, lines={}, reference=None, cross_references=references, **links)


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        (TEXT, "# of the card\n"),
        (TEXT.replace("# of the card\n", ""), "card:\n"),
        (without(TEXT, "card").replace("# of the card\n", "\n"), "links:"),
        (without(TEXT, "card", "links"), "---"),
        (TEXT.replace("card:", '"card":'), "# of the card\n"),
        ("\ufeff" + TEXT, "# of the card\n"),
        (TEXT.removesuffix("\n"), "# of the card\n"),
        (TEXT.replace("---\n", "--- \t\n"), "# of the card\n"),
        (without(TEXT, "card", "links").replace("---\n# W", "--- \n# W"), "--- "),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_reference_is_put_in(text, follows, line_end):
    """The block stands where the template has it, and no other byte has changed."""
    text, follows, block = (part.replace("\n", line_end) for part in (text, follows, BLOCK))
    written = with_reference(text, REFERENCE)
    before, _, after = written.partition(block)

    assert before + after == text
    assert after.startswith(follows)
    assert before.endswith(line_end)


def test_indented_front_matter():
    """A front matter that is indented as a whole gets an indented block."""
    front, rest = without(TEXT, "card", "links").replace("# of the card\n", "").removeprefix("---\n").split("---\n", 1)
    text = "---\n" + re.sub("(?m)^", "  ", front).removesuffix("  ") + "---\n" + rest

    assert parse_note(with_reference(text, REFERENCE), Path("bert.md"))[0].reference == REFERENCE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Words\n",
        "---\nname: BERT\n",
        "---\n---\n# Words\n",
        "---\n{}\n---\n# Words\n",
        "---\n{name: BERT, kind: model, branch: b}\n---\n# Words\n",
        "---\nname: [BERT\n---\n# Words\n",
        "---\nname: BERT\nname: BERT\n---\n# Words\n",
        "---\nname: BERT\nreference:\n---\n# Words\n",
    ],
)
def test_no_place_for_a_reference(text):
    """What cannot be read, has a reference, or has no room for a block is refused."""
    with pytest.raises(ValueError, match="; "):
        with_reference(text, REFERENCE)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_our_notes_keep_every_byte(line_end):
    """Every hand-written note gets its reference back, reads as before, and keeps all else."""
    count = 0
    for path in PAPERS:
        text = path.read_text(encoding="utf-8")
        note, _ = parse_note(text, path)
        stripped = without(text, "reference")
        reference = note.reference or REFERENCE
        written = with_reference(stripped.replace("\n", line_end), reference).replace(line_end, "\n")
        back, problems = parse_note(written, path)

        assert problems == [], path.name
        assert back.reference == reference
        assert bare(back) == bare(note)
        assert without(written, "reference") == stripped
        count += note.reference is not None
    assert count > 100
