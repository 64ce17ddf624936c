// The keyboard, its help, and the choice of light or dark. Arrows lead to parent, first child and siblings, as if works
// that are gone were not there; Enter selects, Esc lets go, / searches. One node is in the order of tabs.

const ranked = [...nodes.keys()].sort((a, b) => pills.get(a).y - pills.get(b).y || pills.get(a).x - pills.get(b).x);
// Where most begins.
const families = new Map([...nodes.keys()].map((key) => [key, childrenOf(key).length]));
const hubs = [...nodes.keys()].sort((a, b) => families.get(b) - families.get(a));
const home = () => hubs.find(shows);
function above(key) {
  let up = parentOf(key);
  while (up && !shows(up)) up = parentOf(up);
  return up;
}
const below = (key) => ranked.filter((other) => shows(other) && above(other) === key);
let tabStop = null;
function setStop(key) {
  nodes.get(tabStop)?.setAttribute("tabindex", "-1");
  nodes.get(key)?.setAttribute("tabindex", "0");
  tabStop = key;
}
watch(["q", "only", ...FILTERS], () => { if (!tabStop || !shows(tabStop)) setStop((tabStop && above(tabStop)) || home()); });
watch(["work"], () => { if (shows(state.work)) setStop(state.work); });

const keyOf = (event) => event.target.closest("[data-key]")?.dataset.key;
// Not on the drawing itself: Chromium lets what listens for the focus have it.
panel.addEventListener("focusin", (event) => { if (keyOf(event)) setStop(keyOf(event)); });
panel.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  if (!key || event.altKey || event.ctrlKey || event.metaKey) return;
  const siblings = below(above(key));
  const at = siblings.indexOf(key);
  const next = { ArrowLeft: above(key), ArrowRight: below(key)[0], ArrowUp: siblings[at - 1], ArrowDown: siblings[at + 1], Home: home() }[event.key];
  if (next) { event.preventDefault(); nodes.get(next).focus(); }
});

// The first stop of all leads past the controls.
one("#skip").addEventListener("click", (event) => {
  event.preventDefault();
  const view = document.getElementById(viewNow());
  const first = view.tabIndex < 0 && one("[tabindex='0'], a:not([tabindex]), button, input, select", view);
  if (!first && view.tabIndex < 0) view.tabIndex = -1;
  (first || view).focus();
});

const isTyping = (element) => element.matches("input:not([type=radio], [type=checkbox]), select, textarea");
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || one("#keys").open) return;
  const typing = isTyping(event.target);
  if (event.key === "/" && !typing) { event.preventDefault(); searchBox.focus(); searchBox.select(); }
  if (event.key === "?" && !typing) one("#help").click();
  if (event.key !== "Escape") return;
  const open = event.target.closest("details[open], #filters");
  if (event.target.closest(".compare")) { event.target.value = state.with ? byKey.get(state.with).name : ""; one("#content").focus(); }
  else if (open === filterForm) { openFilters(false); filtersButton.focus(); }
  else if (open && event.target.closest(".chooser")) { open.open = false; one("summary", open).focus(); }
  else if (event.target === searchBox && state.q) { event.preventDefault(); set({ q: "" }); }
  else if (event.target === searchBox && !results.hidden) hideResults();
  else if (state.with) set({ with: "" }, true);
  else if (state.work || state.layer) close();
});

// Help
const SHORTCUTS = ["/", "arrows", "Enter", "Esc", "Home", "?"];
one("#help").addEventListener("click", () => {
  const dialog = one("#keys");
  dialog.replaceChildren(
    make("h2", { id: "keys-title" }, say("shortcuts.title")),
    make("dl", {}, SHORTCUTS.flatMap((name) => [make("dt", {}, make("kbd", {}, say(`key.${name}`))), make("dd", {}, say(`does.${name}`))])),
    make("p", {}, say("shortcuts.note")),
    make("p", {}, say("shortcuts.pills")),
    make("form", { method: "dialog" }, make("button", {}, say("close"))),
  );
  dialog.showModal();
});

// Light or dark, by the reader's system unless the reader says otherwise.
remember("theme");
watch(["theme"], () => {
  if (state.theme) root.dataset.theme = state.theme;
  else delete root.dataset.theme;
});
one("#theme").addEventListener("click", () => {
  const isDark = getComputedStyle(root).colorScheme === "dark" || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  set({ theme: isDark ? "light" : "dark" });
});
