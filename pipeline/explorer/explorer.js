"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  // Before anything is measured: it turns the page that can be read without a script into the one with panels.
  root.classList.add("scripted");

  const graph = JSON.parse(one("#graph").textContent);
  const panel = one("#tree");
  const svg = one("svg", panel);
  const nodes = new Map(all("[data-key]").map((node) => [node.dataset.key, node]));
  const articles = new Map(all("#works article").map((article) => [article.id, article]));
  const former = new Map();
  for (const [key, article] of articles) for (const old of article.dataset.former?.split(" ") || []) former.set(old, key);
  const edges = all("[data-parent]");
  const parent = new Map(edges.map((edge) => [edge.dataset.child, edge.dataset.parent]));
  const children = new Map([...nodes.keys()].map((key) => [key, []]));
  for (const edge of edges) children.get(edge.dataset.parent).push(edge.dataset.child);
  let picked = null;
  let opener = null;
  let network = null;
  // Articles carry the permalinks of a page without script; with it the hash selects, and must not scroll.
  for (const article of articles.values()) article.removeAttribute("id");

  // Views
  const tabs = all("[role=tab]");
  function show(tab) {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", chosen);
      other.tabIndex = chosen ? 0 : -1;
      one("#" + other.getAttribute("aria-controls")).hidden = !chosen;
    }
    one(".zoom").hidden = tab.id !== "t-tree";
    if (tab.id === "t-network" && !network) drawNetwork();
    if (tab.id === "t-tree") { zoom(scale); reveal(); }
  }
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) { const next = tabs[(index + step + tabs.length) % tabs.length]; show(next); next.focus(); }
    });
  }

  // Zoom: fitted to the room there is, but never so small that labels cannot be read.
  const size = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  const FLOOR = 0.78;
  const SMALLEST = 0.3;
  const LARGEST = 6;
  let scale = null;
  function factor() {
    const fitted = Math.min((panel.clientWidth - 2) / size.width, (panel.clientHeight - 2) / size.height, 1.6);
    return scale || Math.max(fitted, FLOOR);
  }
  function zoom(value) {
    if (!panel.clientWidth) return;
    scale = value && Math.min(Math.max(value, SMALLEST), LARGEST);
    const room = panel.getBoundingClientRect();
    const middle = { x: room.left + panel.clientWidth / 2, y: room.top + panel.clientHeight / 2 };
    const before = svg.getBoundingClientRect();
    svg.setAttribute("width", size.width * factor());
    svg.setAttribute("height", size.height * factor());
    const after = svg.getBoundingClientRect();
    panel.scrollLeft += after.left - middle.x + ((middle.x - before.left) / before.width) * after.width;
    panel.scrollTop += after.top - middle.y + ((middle.y - before.top) / before.height) * after.height;
  }
  one("#fit").addEventListener("click", () => zoom(null));
  one("#in").addEventListener("click", () => zoom(factor() * 1.25));
  one("#out").addEventListener("click", () => zoom(factor() / 1.25));
  addEventListener("resize", () => zoom(scale));

  // Search: parts of words in names and titles, beginnings of words in all else; accents do not count.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ł/g, "l");
  const texts = new Map([...articles].map(([key, article]) => [key, {
    head: fold(all("h3, .title, .aliases", article).map((part) => part.textContent).join("\n")),
    rest: fold(`${article.textContent}\n${article.dataset.search}`),
  }]));
  function matcher(word) {
    const start = new RegExp(`(?:^|[^\\p{L}\\p{N}])${word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`, "u");
    return ({ head, rest }) => head.includes(word) || start.test(rest);
  }

  // Filter: what a search does not find fades, what belongs to a branch that is off goes.
  const search = one("#search");
  const switches = all("[data-branch]", one(".legend"));
  const drawn = [
    ...[...nodes].map(([key, node]) => [node, [key]]),
    ...edges.map((edge) => [edge, [edge.dataset.parent, edge.dataset.child]]),
    ...all("[data-trunk]").map((trunk) => [trunk, [trunk.dataset.trunk]]),
  ];
  function filter() {
    const wanted = fold(search.value).split(/\s+/).filter(Boolean).map(matcher);
    const off = new Set(switches.filter((button) => button.getAttribute("aria-pressed") === "false").map((button) => button.dataset.branch));
    const on = (key) => !off.has(articles.get(key).dataset.branch);
    const found = (key) => wanted.every((matches) => matches(texts.get(key)));
    const hits = new Set([...articles.keys()].filter(found));
    for (const [element, keys] of drawn) {
      element.classList.toggle("gone", !keys.every(on));
      element.classList.toggle("faint", !keys.every((key) => hits.has(key)));
    }
    list(new Set([...hits].filter(on)));
    dim();
    if (!shows(stop)) setStop(above(stop) || home());
  }
  function list(shown) {
    for (const [key, article] of articles) article.classList.toggle("gone", !shown.has(key));
    for (const group of all("#works .group")) group.classList.toggle("gone", !one("article:not(.gone)", group));
    one("#none").hidden = shown.size > 0;
    one("#status").textContent = shown.size === articles.size ? `${shown.size} works` : `${shown.size} of ${articles.size} works`;
    network?.body.data.nodes.update([...articles.keys()].map((key) => ({ id: key, hidden: !shown.has(key) })));
  }
  // While there is a search, it decides what fades; else the selection does.
  function dim() {
    svg.classList.toggle("choice", Boolean(picked) && !search.value.trim());
  }
  search.addEventListener("input", filter);
  // Browsers put the text of a search back after the script has run.
  addEventListener("pageshow", () => { if (search.value) filter(); });
  for (const button of switches) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "false");
      filter();
    });
  }

  // Selection: the path to the root and the descendants along primary edges light up.
  function lineOf(key) {
    const lit = new Set([key]);
    for (let up = parent.get(key); up; up = parent.get(up)) lit.add(up);
    const below = [key];
    while (below.length) for (const child of children.get(below.pop())) { lit.add(child); below.push(child); }
    return lit;
  }
  function select(key, focus) {
    picked = key;
    const lit = key ? lineOf(key) : new Set();
    for (const [other, node] of nodes) {
      node.classList.toggle("lit", lit.has(other));
      node.classList.toggle("picked", other === key);
    }
    for (const edge of edges) edge.classList.toggle("lit", lit.has(edge.dataset.child) && lit.has(edge.dataset.parent));
    one("#details").hidden = !key;
    if (key) tell(key, focus);
    if (shows(key)) setStop(key);
    dim();
    mark();
    zoom(scale);
    reveal();
  }
  function tell(key, focus) {
    const copy = articles.get(key).cloneNode(true);
    copy.classList.remove("gone");
    one("#content").replaceChildren(copy);
    one("#details").scrollTop = 0;
    if (focus) one("#content").focus();
  }
  // The details take room from the panel: what they tell of, or the link that led to them, must not be pushed out.
  function reveal() {
    const sought = panel.clientWidth ? nodes.get(picked) : opener;
    sought?.scrollIntoView({ block: "nearest", inline: "center" });
  }
  function chosen() {
    let key = location.hash.slice(1);
    try { key = decodeURIComponent(key); } catch { /* A stray % names no work. */ }
    return articles.has(key) ? key : former.get(key) || null;
  }
  function close() {
    const key = picked;
    history.replaceState(null, "", location.pathname + location.search);
    select(null, false);
    const back = [opener, nodes.get(key)].find((element) => element?.getClientRects().length);
    (back || one("[role=tab][aria-selected=true]")).focus();
    opener = null;
  }
  let moves = false;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const inside = link.closest("#details");
    if (!inside) opener = link;
    // A key press makes a click without a count. A link in the details goes away with them, and focus must not.
    const byKey = event.detail === 0 || Boolean(inside);
    if (link.getAttribute("href") === location.hash) { event.preventDefault(); select(chosen(), byKey); }
    else moves = byKey;
  });
  addEventListener("hashchange", () => { select(chosen(), moves); moves = false; });
  one("#close").addEventListener("click", close);

  // Keyboard: arrows lead to parent, first child and siblings, as if works that are off were not there; Enter selects,
  // Esc lets go, / searches. One node is in the order of tabs.
  const place = (key) => ["y", "x"].map((name) => Number(one("rect", nodes.get(key)).getAttribute(name)));
  const places = new Map([...nodes.keys()].map((key) => [key, place(key)]));
  const ranked = [...places].sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1]).map(([key]) => key);
  const shows = (key) => nodes.has(key) && !nodes.get(key).classList.contains("gone");
  const home = () => ["transformer", ...nodes.keys()].find(shows);
  function above(key) {
    let up = parent.get(key);
    while (up && !shows(up)) up = parent.get(up);
    return up;
  }
  const below = (key) => ranked.filter((other) => shows(other) && above(other) === key);
  let stop = null;
  function setStop(key) {
    nodes.get(stop)?.setAttribute("tabindex", "-1");
    nodes.get(key)?.setAttribute("tabindex", "0");
    stop = key;
  }
  const keyOf = (event) => event.target.closest("[data-key]")?.dataset.key;
  svg.addEventListener("focusin", (event) => setStop(keyOf(event)));
  svg.addEventListener("keydown", (event) => {
    const key = keyOf(event);
    const siblings = below(above(key));
    const at = siblings.indexOf(key);
    const next = { ArrowLeft: above(key), ArrowRight: below(key)[0], ArrowUp: siblings[at - 1], ArrowDown: siblings[at + 1], Home: home() }[event.key];
    if (next) { event.preventDefault(); nodes.get(next).focus(); }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== search) { event.preventDefault(); search.focus(); }
    if (event.key !== "Escape") return;
    if (event.target === search && search.value) { event.preventDefault(); search.value = ""; filter(); }
    else if (picked) close();
  });

  // Network: pyvis' nodes and edges at the same places, with all edges of descent and the citations.
  function paint() {
    const branch = (key) => getComputedStyle(nodes.get(key)).getPropertyValue("--branch").trim();
    const [back, on, soft, text] = ["--back", "--on", "--soft", "--text"].map((name) => getComputedStyle(root).getPropertyValue(name).trim());
    const painted = graph.nodes.map((node) => {
      const tone = branch(node.id);
      const plain = { border: tone, background: node.closed ? back : tone };
      const strong = { ...plain, border: text };
      return { id: node.id, color: { ...plain, highlight: strong, hover: strong }, font: { color: node.closed ? tone : on } };
    });
    const lines = graph.edges.map((edge, id) => {
      const tone = edge.kind === "citation" ? soft : branch(edge.to);
      return { id, color: { color: tone, highlight: tone, hover: tone, opacity: { primary: 0.9, descent: 0.4, citation: 0.1 }[edge.kind] } };
    });
    network.body.data.nodes.update(painted);
    network.body.data.edges.update(lines);
  }
  function drawNetwork() {
    // vis lets a group's colours win over a node's own.
    const boxes = new vis.DataSet(graph.nodes.map((node) => ({ ...node, group: undefined })));
    const lines = new vis.DataSet(graph.edges.map((edge, id) => ({ ...edge, id })));
    network = new vis.Network(one("#canvas"), { nodes: boxes, edges: lines }, graph.options);
    network.setOptions({ edges: { chosen: { edge: (values) => { values.opacity = 1; } } } });
    network.on("click", ({ nodes: [key] }) => { if (key) { opener = null; location.hash = key; } else mark(); });
    network.once("afterDrawing", () => network.fit());
    one("#canvas").network = network;
    paint();
    filter();
    mark();
  }
  function mark() {
    if (picked) network?.selectNodes([picked]);
    else network?.unselectAll();
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (network) paint(); });

  show(tabs[innerWidth < 700 ? 2 : 0]);
  filter();
  select(chosen(), false);
  root.dataset.ready = "";
})();
