// Two works: the ways of descent from one to the other, and what both descend from.

const MOST_WAYS = 5;

/** The ways between two works, in whichever direction there are any; else from the nearest common ancestors to both. */
function compare(key, other) {
  for (const [start, end] of [[key, other], [other, key]]) {
    const { number, ways } = waysBetween(start, end, MOST_WAYS);
    if (number) return { number, start, end, ways, ...commonAncestors(key, other) };
  }
  const { common, nearest } = commonAncestors(key, other);
  const ways = nearest.slice(0, MOST_WAYS).flatMap((from) => [key, other].flatMap((to) => waysBetween(from, to, 1).ways));
  return { number: 0, ways, common, nearest };
}

/** Compare a work with the selected one; whether there is another one selected. */
function compareWith(key) {
  if (!state.work || key === state.work) return false;
  set({ with: key }, true);
  return true;
}

/** The reason of an edge, which stands in the note of the later work. */
function reason({ from, to }) {
  const link = noteOf(to)?.querySelector(`:is(.builds, .related) > li > a[href="#${from}"]`);
  // ": " and the reason follow the relations; a name may have a colon too.
  return link?.parentElement.lastChild.nodeValue?.replace(/^: /, "") || "";
}

function wayList(steps) {
  const first = linkTo(steps[0].from);
  return make("li", {}, make("ol", { class: "way" }, make("li", {}, first), steps.map((edge) => {
    const why = reason(edge);
    return make("li", {}, make("em", {}, how(edge)), " ", linkTo(edge.to), why && make("span", { class: "soft" }, `: ${why}`));
  })));
}

/** What the details say of the selected work and the one it is compared with. */
function between() {
  const name = (key) => byKey.get(key).name;
  const found = compare(state.work, state.with);
  const heading = (key, values) => make("h4", {}, say(key, values));
  const { number, start, end, ways } = found;
  const told = [heading("between", number ? { earlier: name(start), later: name(end) } : { earlier: name(state.work), later: name(state.with) })];
  if (number) {
    const more = number > ways.length ? `, ${say("between.shown", { n: ways.length })}` : "";
    told.push(make("p", {}, count("between.paths", number) + more), make("ul", { class: "ways" }, ways.map(wayList)));
  } else {
    told.push(make("p", {}, say("between.none")));
  }
  if (found.nearest.length) {
    told.push(make("h5", {}, say("between.common")), make("p", {}, linksTo(found.nearest)));
    const inTree = pathToRoot(state.work).findLast((key) => pathToRoot(state.with).includes(key));
    if (inTree) told.push(make("p", {}, `${say("between.tree")} `, linkTo(inTree)));
    const others = [...found.common].sort((a, b) => position.get(a) - position.get(b));
    told.push(make("details", {}, make("summary", {}, count("between.ancestors", others.length)), make("p", {}, linksTo(others))));
    if (!number) told.push(make("ul", { class: "ways" }, ways.map(wayList)));
  } else if (!number) {
    told.push(make("p", {}, say("between.common.none")));
  }
  const related = [...relatedIn.get(state.work), ...relatedIn.get(state.with)]
    .filter((edge) => [state.work, state.with].includes(edge.from));
  for (const edge of related) told.push(make("p", {}, linkTo(edge.to), " ", make("em", {}, how(edge)), " ", linkTo(edge.from), `: ${reason(edge)}`));
  told.push(make("button", { type: "button", click: () => { set({ with: "" }, true); one("#content").focus(); } }, say("compare.end")));
  return make("section", { class: "between" }, told);
}

const names = new Map([...works.entries()].flatMap(([index, { key }]) => tightNames[index].map((name) => [name, key])).reverse());
/** A box that takes the name of the work to compare with. */
function compareBox() {
  const list = make("datalist", { id: "all-names" });
  const input = make("input", {
    list: "all-names", autocomplete: "off", placeholder: say("compare.hint"), "aria-label": say("compare"),
    focus: () => { if (!list.childElementCount) list.append(...works.map((work) => make("option", { value: work.name }))); },
    input: () => input.setCustomValidity(""),
    change: () => {
      const text = input.value.trim();
      const key = names.get(tight(text)) || knownKey(text);
      if (!text) set({ with: "" }, true);
      else if (!key || key === state.work) { input.setCustomValidity(say(key ? "compare.same" : "compare.unknown")); input.reportValidity(); } else compareWith(key);
    },
  });
  input.value = state.with ? byKey.get(state.with).name : "";
  return make("label", { class: "compare" }, `${say("compare")} `, input, list);
}
