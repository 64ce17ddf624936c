"""One grammar of identifiers: every spelling of what is one, and nothing of what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identifiers import arxiv_month, find_arxiv, is_arxiv_id, parse_arxiv, parse_doi

# Archives of before April 2007; econ, eess, q-fin and stat are younger than the old identifiers.
ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int supr-con"
).split()
SPELLINGS = (
    "{}", " {}\n", "arXiv:{}", "arxiv: {}", "ARXIV:{}", "arXiv {}", "arXiv:{} [cs.CL]", "{} [cs.CL, stat.ML]",
    "arXiv:{} [cs.CL] 6 Dec 2017", "{}.pdf", "abs/{}", "oai:arXiv.org:{}", "https://arxiv.org/abs/{}",
    "http://arxiv.org/abs/{}/", "arxiv.org/abs/{}", "//www.arxiv.org/abs/{}", "http://export.arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/pdf/{}#page=3", "https://arxiv.org/html/{}/?a=b#S1", "https://arxiv.org/format/{}",
    "https://arxiv.org/e-print/{}", "https://arxiv.org/src/{}.tar.gz", "https://arxiv.org/ps/{}",
    "HTTPS://ArXiv.org/ABS/{}?context=cs", "https://arxiv.org/abs/arXiv:{}", "http://xxx.lanl.gov/abs/{}",
    "10.48550/arXiv.{}", "https://doi.org/10.48550/ARXIV.{}", "http://dx.doi.org/10.48550/arxiv.{}",
    "doi:10.48550/arXiv.{}", "DOI: 10.48550/arXiv.{}", "https://doi.org/10.48550%2FarXiv.{}",
    "https://www.alphaxiv.org/abs/{}", "https://huggingface.co/papers/{}", "https://ar5iv.org/abs/{}",
    "https://ar5iv.labs.arxiv.org/html/{}", "https://api.semanticscholar.org/arXiv:{}",
)  # fmt: skip


def new_id(month, number):
    """New identifier of a month counted from April 2007."""
    year, month = divmod(month, 12)
    return f"{7 + year:02}{month + 1:02}.{number:0{5 if year >= 8 else 4}}"


def old_id(archive, month, number):
    """Old identifier of a month counted from January 1991."""
    year, month = divmod(month, 12)
    return f"{archive}/{(91 + year) % 100:02}{month + 1:02}{number:03}"


NEW_IDS = st.builds(new_id, st.integers(3, 93 * 12 - 1), st.integers(0, 9999))
OLD_IDS = st.builds(old_id, st.sampled_from(ARCHIVES), st.integers(6, 16 * 12 + 2), st.integers(0, 999))
IDS = NEW_IDS | OLD_IDS
VERSIONS = st.none() | st.integers(1, 400)
# Texts that are nearly identifiers, as well as any others.
TEXTS = (
    st.text() | st.text("0123456789./v:arXivhep-th?# ", max_size=30) | st.from_regex(r"[a-z-]{2,8}/[0-9]{7}(v[0-9]+)?")
)


@given(IDS, VERSIONS, st.sampled_from(SPELLINGS))
def test_spellings_of_ids(identifier, version, spelling):
    """Every spelling of an identifier is read as the bare one and its version."""
    suffix = f"v{version}" if version else ""

    assert is_arxiv_id(identifier)
    assert parse_arxiv(spelling.format(identifier + suffix)) == (identifier, version)


@given(OLD_IDS, VERSIONS, st.sampled_from(["OV", "GT", "CL", "soc-ph", "mes-hall", "optics"]))
def test_subject_classes(identifier, version, subject):
    """A subject class, capitals and an escaped slash are no part of an old identifier, whatever letters they have."""
    suffix = f"v{version}" if version else ""
    spelt = identifier.replace("/", f".{subject}/") + suffix

    assert parse_arxiv(spelt) == parse_arxiv(spelt.upper()) == (identifier, version)
    assert parse_arxiv(f"https://arxiv.org/abs/{spelt}".replace("/9", "%2F9")) == (identifier, version)


@given(TEXTS)
def test_any_text(text):
    """What is read from any text is an identifier, has a month, and reads as itself."""
    found = parse_arxiv(text)

    if found:
        assert is_arxiv_id(found[0])
        assert arxiv_month(found[0])
        assert parse_arxiv(found[0]) == (found[0], None)
    assert find_arxiv(text) is None or is_arxiv_id(find_arxiv(text))


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "10", "v1", "1706", "arXiv:", "https://arxiv.org/abs/", "https://arxiv.org/list/cs.CL/new"),
        *("17060.3762", "1706.3762", "1706.037621", "0808.05394", "1501.1234", "1412.00001", "0704.00001"),
        *("1713.00001", "1700.00001", "0703.0001", "0000.0000", "0606.1234", "9999.99999"),
        *("1706.03762v0", "1706.03762v", "1706.03762v01", "1706.03762v5x", "1706.03762v99999", "1706.03762 v2"),
        *("hepth/9901001", "econ/0301012", "stat/0301012", "hep-th/9106001", "hep-th/0704001", "hep-th/9913001"),
        *("hep-th/990101", "hep-th/99010011", "hep_th/9901001", "astro-ph.123/9901001"),
        *("see 1706.03762", "1706.03762 and 1706.03763", "arXiv:1706.03762, arXiv:1706.03763", "1706.03762, p. 3"),
        *(
            "https://archive.example/abs/1706.03762",
            "https://notarxiv.org/abs/1706.03762",
            "https://doi.org/1706.03762",
        ),
        *("10.48550/arXiv.1706.037621", "10.4855/arXiv.1706.03762", "10.48550/1706.03762", "10.1234/1706.03762"),
        *("١٧٠٦.٠٣٧٦٢", "1706.0376२", "ſolv-int/9901001", "1706\u200b.03762"),
        *("arXiv:1706.03762v" + "9" * 5000, "1706.03762" + " " * 5000 + "x"),
    ],
)
def test_no_ids(text):
    """Nothing is guessed: other lengths, months, archives, versions, hosts, scripts, and identifiers in sentences."""
    assert parse_arxiv(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Available at https://arxiv.org/abs/1706.03762v5, 2017", "1706.03762"),
        ("see doi 10.48550/arXiv.math/0309136", "math/0309136"),
        ("10.48550/arXiv.1706.00001 and http://arxiv.org/abs/cs.CL/0301012", "cs/0301012"),
        ("https://arxiv.org/pdf/1706.03762.pdf.", "1706.03762"),
        ("an answer to arXiv:1706.03762", None),
        ("https://arxiv.org/abs/1412.12345", None),
        ("https://arxiv.org/abs/1706.03762v0", None),
        ("https://arxiv.org/html/1706.03762/x1.png", None),
        ("https://notarxiv.org/abs/1706.03762", None),
    ],
)
def test_ids_in_addresses(text, found):
    """Inside a text only an address or a DOI is sure to name an identifier."""
    assert find_arxiv(text) == found


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.18653/v1/N19-1423", "10.18653/v1/N19-1423"),
        (" doi:10.18653/v1/N19-1423\n", "10.18653/v1/N19-1423"),
        ("DOI: 10.18653/v1/N19-1423", "10.18653/v1/N19-1423"),
        ("doi 10.18653/v1/N19-1423", "10.18653/v1/N19-1423"),
        ("https://doi.org/10.18653/v1/N19-1423", "10.18653/v1/N19-1423"),
        ("HTTP://DX.DOI.ORG/10.18653/v1/N19-1423/?a=b#c", "10.18653/v1/N19-1423"),
        ("www.doi.org/10.18653/v1/N19-1423", "10.18653/v1/N19-1423"),
        ("https://doi.org/doi:10.18653/v1/N19-1423", "10.18653/v1/N19-1423"),
        ("https://doi.org/10.1000/a%23b%3Cc%3E", "10.1000/a#b<c>"),
        ("10.1000/a%23b", "10.1000/a%23b"),
        ("10.1016/0004-3702(94)90106-6", "10.1016/0004-3702(94)90106-6"),
        ("10.48550/arXiv.1706.03762", "10.48550/arXiv.1706.03762"),
        ("", None),
        ("10.1/x", None),
        ("10.1234/", None),
        ("10.1234/a b", None),
        ("see 10.1234/a", None),
        ("10.1234/{a}", None),
        ("10.1234/ä", None),
        ("https://doi.org/10.1234/%E4", None),
        ("https://example.org/10.1234/a", None),
        ("10.١٢٣٤/a", None),
    ],
)
def test_dois(text, doi):
    """A DOI is read as written, without its prefix or the address of the resolver."""
    assert parse_doi(text) == doi


@given(st.text() | st.from_regex(r"(doi:|https://doi\.org/)?10\.[0-9]{4}/[^{}]{1,9}"))
def test_any_text_for_a_doi(text):
    """What is read from any text as a DOI reads as itself."""
    found = parse_doi(text)

    assert found is None or parse_doi(found) == found
