"""The network that the page draws with vis-network, built by pyvis: works where the tree has them, all typed edges."""

from importlib.resources import files

from pyvis.network import Network

from ..bibliography import Bibliography
from ..layout import Drawing

STRETCH = 1.3
"""How much higher the network is than the tree, as its boxes are higher than pills."""

_VIS = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"


class _Ids(dict[str, None]):
    """Stands in for pyvis' list of node ids, in which every look-up is a scan."""

    def append(self, key: str) -> None:
        self[key] = None


def network_of(bibliography: Bibliography, drawing: Drawing) -> Network:
    """All edges of descent and all other relations; the citations are many, and the script makes them of its own lists.

    Edges carry `kind` (primary, descent or related) and `how`, the words of the vocabulary.
    """
    network = Network(directed=True)
    network.node_ids = _Ids()
    for work in bibliography:
        pill = drawing.pills[work.key]
        centre = {"x": round(pill.x + pill.width / 2, 1), "y": round(pill.y * STRETCH, 1)}
        network.add_node(work.key, **centre)
    for parent, link, child in bibliography.links():
        network.add_edge(parent.key, child.key, kind="primary" if link.primary else "descent", how=list(link.how))
    for work in bibliography:
        for link in work.note.relates_to:
            network.add_edge(link.paper, work.key, kind="related", how=list(link.how))
    return network


def fill_template(network: Network, folder: object, **values: object) -> str:
    """The page that pyvis makes of our template in a folder; what is not marked as safe is escaped."""
    network.set_template_dir(str(folder), "template.html.j2")
    network.templateEnv.autoescape = True
    network.templateEnv.globals.update(values)
    page: str = network.generate_html()
    return page


def vis_network() -> str:
    """vis-network's script as pyvis brings it, without the address of its source map."""
    return _VIS.read_text("utf-8").split("\n//# sourceMappingURL")[0]


def nodes_and_edges(network: Network) -> dict[str, list[list[object]]]:
    """What pyvis would write into a page, in short: (x, y) of nodes, (from, to, kind, relations) of edges by number."""
    number = {node["id"]: index for index, node in enumerate(network.nodes)}
    return {
        "nodes": [[node["x"], node["y"]] for node in network.nodes],
        "edges": [[number[edge["from"]], number[edge["to"]], edge["kind"], edge["how"]] for edge in network.edges],
    }
