"""The graphs: edges run earlier -> later, the backbone is a forest, and questions to them have answers."""

import networkx as nx
import pytest
from support import CORPUS

from pipeline import load
from pipeline.lineage import backbone, families, generations


@pytest.fixture(scope="module")
def bibliography():
    """The corpus, joined."""
    return load(CORPUS)


def test_ancestors(bibliography):
    """Ancestors of a work are what came before it, by every edge of descent."""
    assert nx.ancestors(bibliography.lineage(), "twig") == {"limb", "trunk", "root", "fork"}


def test_edges_say_what_they_are(bibliography):
    """Edges carry relation, reason and whether they are of the backbone."""
    assert bibliography.lineage().edges["trunk", "limb"] == {
        "how": ("extends", "fine-tunes"),
        "primary": True,
        "why": "reads both ways, and starts from its weights",
    }
    assert bibliography.lineage().edges["fork", "twig"]["primary"] is False


def test_backbone_is_a_forest(bibliography):
    """Primary edges form a forest of arborescences over all works."""
    forest = backbone(bibliography)

    assert nx.is_forest(forest)
    assert max(degree for _, degree in forest.in_degree()) == 1
    assert set(forest) == {work.key for work in bibliography}
    assert set(forest.edges) == {
        (parent, child) for parent, child, primary in bibliography.lineage().edges(data="primary") if primary
    }


def test_generations_count_from_the_root(bibliography):
    """A root is generation 0, each primary child one more."""
    assert generations(bibliography) == {
        "root": 0, "trunk": 1, "limb": 2, "fork": 2, "twig": 3, "merge": 4, "measure": 0, "stub": 0, "guest": 2,
    }  # fmt: skip


def test_families(bibliography):
    """A line goes back as long as a model is the next release, starts from the weights, or is one lab's larger copy."""
    assert families(bibliography) == {"trunk": "trunk", "limb": "trunk", "twig": "twig", "merge": "merge"}


def test_citations(bibliography):
    """Citations run cited -> citing, and works without a note are left out."""
    graph = bibliography.citations()

    assert ("root", "trunk") in graph.edges
    assert graph.edges["root", "trunk"]["source"] == "bundled"
    assert "gone" not in graph
    assert len(graph) == len(bibliography)


def test_cited_is_known_or_not(bibliography):
    """A whole list tells both ways, a partial one only what it holds, none nothing."""
    assert bibliography.cites("trunk", "root") is True
    assert bibliography.cites("trunk", "limb") is False
    assert bibliography.cites("limb", "measure") is None
    assert bibliography.cites("merge", "twig") is None


def test_renamed_work_keeps_its_citations(corpus):
    """A work that changes its key keeps what it cites and who cites it, though the caches know the old key only."""
    before = support(load(corpus))
    for old, new in RENAMED.items():
        path = corpus / f"papers/{old}.md"
        text = path.read_text(encoding="utf-8").replace("kind:", f"former_keys: [{old}]\nkind:", 1)
        path.with_name(f"{new}.md").write_text(text, encoding="utf-8")
        path.unlink()

    assert support(load(corpus)) == {
        (RENAMED.get(parent, parent), RENAMED.get(child, child)): cited for (parent, child), cited in before.items()
    }


RENAMED = {"root": "wurzel", "trunk": "trunk-2"}


def support(bibliography):
    """Edge of descent -> whether the child cites the parent."""
    return {(p.key, c.key): bibliography.cites(c.key, p.key) for p, _, c in bibliography.links()}


def test_former_keys_lead_on(bibliography):
    """An old key finds the work, and links that use it land."""
    assert bibliography["spork"] is bibliography["fork"]
    assert "spork" in bibliography
    assert [link.paper for link in bibliography["merge"].note.builds_on] == ["twig", "fork"]


def test_oldest_first(bibliography):
    """The bibliography runs from the oldest work to the newest."""
    dates = [work.date for work in bibliography]

    assert dates == sorted(dates)
    assert [child for child, _ in bibliography.led_to("trunk")] == ["guest", "limb", "fork"]
