"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const graph = JSON.parse(one("#graph").textContent);
  const svg = one("#tree svg");
  const nodes = new Map(all("[data-key]").map((node) => [node.dataset.key, node]));
  const articles = new Map(all("#works article").map((article) => [article.id, article]));
  const edges = all("[data-parent]");
  const parent = new Map(edges.map((edge) => [edge.dataset.child, edge.dataset.parent]));
  const children = new Map();
  for (const edge of edges) children.set(edge.dataset.parent, [...(children.get(edge.dataset.parent) || []), edge.dataset.child]);
  const words = new Map([...articles].map(([key, article]) => [key, article.textContent.toLowerCase()]));
  const size = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  // Articles carry the permalinks of a page without script; with it the hash selects, and must not scroll.
  for (const article of articles.values()) article.removeAttribute("id");

  // Views
  const tabs = all("[role=tab]");
  let network = null;
  function show(tab) {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", chosen);
      other.tabIndex = chosen ? 0 : -1;
      one("#" + other.getAttribute("aria-controls")).hidden = !chosen;
    }
    one(".zoom").hidden = tab.id !== "t-tree";
    if (tab.id === "t-network" && !network) drawNetwork();
  }
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) { const next = tabs[(index + step + tabs.length) % tabs.length]; show(next); next.focus(); }
    });
  }

  // Zoom: fitted to the room there is, but never so small that labels cannot be read.
  const SMALLEST = 0.78;
  let scale = null;
  function zoom(value) {
    const room = one("#tree");
    scale = value;
    const fitted = Math.min((room.clientWidth - 2) / size.width, (room.clientHeight - 2) / size.height, 1.6);
    const factor = scale || Math.max(fitted, SMALLEST);
    svg.setAttribute("width", size.width * factor);
    svg.setAttribute("height", size.height * factor);
    return factor;
  }
  one("#fit").addEventListener("click", () => zoom(null));
  one("#in").addEventListener("click", () => zoom(zoom(scale) * 1.25));
  one("#out").addEventListener("click", () => zoom(zoom(scale) / 1.25));
  addEventListener("resize", () => zoom(scale));

  // Search and branches
  const search = one("#search");
  const switches = all("[data-branch]", one(".legend"));
  function filter() {
    const query = search.value.trim().toLowerCase().split(/\s+/);
    const off = new Set(switches.filter((button) => button.getAttribute("aria-pressed") === "false").map((button) => button.dataset.branch));
    const shown = new Set();
    for (const [key, article] of articles) {
      const found = query.every((word) => words.get(key).includes(word));
      const gone = off.has(article.dataset.branch);
      if (found && !gone) shown.add(key);
      article.classList.toggle("gone", !found || gone);
      nodes.get(key).classList.toggle("gone", gone);
      nodes.get(key).classList.toggle("faint", !found);
    }
    for (const edge of edges) {
      edge.classList.toggle("gone", !shown.has(edge.dataset.child) && off.has(articles.get(edge.dataset.child).dataset.branch));
      edge.classList.toggle("faint", !shown.has(edge.dataset.child) || !shown.has(edge.dataset.parent));
    }
    for (const trunk of all(".trunk")) trunk.classList.toggle("faint", shown.size < articles.size);
    const whole = shown.size === articles.size;
    one("#status").textContent = whole ? `${shown.size} works` : `${shown.size} of ${articles.size} works`;
    network?.body.data.nodes.update([...articles.keys()].map((key) => ({ id: key, hidden: !shown.has(key) })));
  }
  search.addEventListener("input", filter);
  for (const button of switches) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "false");
      filter();
    });
  }

  // Selection: the path to the root and the descendants along primary edges light up.
  function lineOf(key) {
    const lit = new Set([key]);
    for (let up = key; parent.has(up) && !lit.has(parent.get(up)); ) { up = parent.get(up); lit.add(up); }
    const below = [key];
    while (below.length) for (const child of children.get(below.pop()) || []) { lit.add(child); below.push(child); }
    return lit;
  }
  function select(key, focus) {
    const chosen = articles.has(key) ? key : null;
    const lit = chosen ? lineOf(chosen) : new Set();
    svg.classList.toggle("choice", Boolean(chosen));
    for (const [other, node] of nodes) {
      node.classList.toggle("lit", lit.has(other));
      node.classList.toggle("picked", other === chosen);
      node.tabIndex = other === (chosen || first) ? 0 : -1;
    }
    for (const edge of edges) edge.classList.toggle("lit", lit.has(edge.dataset.child) && lit.has(edge.dataset.parent));
    one("#details").hidden = !chosen;
    if (chosen) {
      const copy = articles.get(chosen).cloneNode(true);
      copy.classList.remove("gone");
      one("#content").replaceChildren(copy);
      one("#details").scrollTop = 0;
      if (focus) one("#content").focus();
      network?.selectNodes([chosen]);
    } else network?.unselectAll();
    zoom(scale);
    if (chosen) nodes.get(chosen).scrollIntoView({ block: "nearest", inline: "center" });
  }
  const first = nodes.has("transformer") ? "transformer" : nodes.keys().next().value;
  const chosen = () => decodeURIComponent(location.hash.slice(1));
  addEventListener("hashchange", () => select(chosen(), false));
  function close() {
    const key = chosen();
    history.replaceState(null, "", location.pathname + location.search);
    select(null, false);
    nodes.get(key)?.focus();
  }
  one("#close").addEventListener("click", close);

  // Keyboard: arrows lead to parent, first child and siblings; Enter selects, Esc lets go, / searches.
  svg.addEventListener("keydown", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    const siblings = parent.has(key) ? children.get(parent.get(key)) : [...nodes.keys()].filter((other) => !parent.has(other));
    const at = siblings.indexOf(key);
    const next = { ArrowLeft: parent.get(key), ArrowRight: (children.get(key) || [])[0], ArrowUp: siblings[at - 1], ArrowDown: siblings[at + 1], Home: first }[event.key];
    if (next) { event.preventDefault(); nodes.get(key).tabIndex = -1; nodes.get(next).tabIndex = 0; nodes.get(next).focus(); }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest?.("input")) { event.preventDefault(); search.focus(); }
    if (event.key === "Escape" && chosen()) close();
  });

  // Network: pyvis' nodes and edges at the same places, with all edges of descent and the citations.
  function drawNetwork() {
    const style = (key) => getComputedStyle(nodes.get(key)).getPropertyValue("--branch").trim();
    const [back, on, soft] = ["--back", "--on", "--soft"].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim());
    const painted = graph.nodes.map((node) => {
      const tone = style(node.id);
      // vis lets a group's colours win over a node's own.
      return { ...node, group: undefined, color: { border: tone, background: node.closed ? back : tone, highlight: { border: tone, background: node.closed ? back : tone } }, font: { color: node.closed ? tone : on, size: 11 } };
    });
    const lines = graph.edges.map((edge) => ({ ...edge, color: { color: edge.kind === "citation" ? soft : style(edge.to), opacity: { primary: 0.9, descent: 0.4, citation: 0.1 }[edge.kind] } }));
    network = new vis.Network(one("#canvas"), { nodes: new vis.DataSet(painted), edges: new vis.DataSet(lines) }, graph.options);
    network.on("click", ({ nodes: [key] }) => { if (key) location.hash = key; });
    network.once("afterDrawing", () => network.fit());
    filter();
  }

  show(tabs[innerWidth < 700 ? 2 : 0]);
  select(chosen(), false);
  document.documentElement.dataset.ready = "";
})();
