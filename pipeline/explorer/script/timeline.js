// The timeline: the notes, year by year, with a strip of the years that shows how many works each has.

const TALLEST = 36;
const timeline = () => one("#timeline");
const strip = make("nav", { class: "years", "aria-label": say("timeline.years") });

function updateTimeline() {
  if (!timeline()) return;
  for (const article of all("article", timeline())) article.classList.toggle("gone", !shown.keys.has(article.id));
  const groups = all(".group", timeline());
  for (const group of groups) {
    const n = all("article:not(.gone)", group).length;
    group.classList.toggle("gone", !n);
    one(".number", group).textContent = n;
  }
  tellYears(groups.filter((group) => !group.classList.contains("gone")));
}

/** A bar for each year, which leads to it. */
function tellYears(groups) {
  const numbers = groups.map((group) => Number(one(".number", group).textContent));
  const most = Math.max(...numbers, 1);
  strip.replaceChildren(...groups.map((group, index) => {
    const year = one("h2", group).firstChild.textContent.trim();
    const bar = make("span", { class: "height" });
    bar.style.height = `${Math.ceil((TALLEST * numbers[index]) / most)}px`;
    const go = () => { group.scrollIntoView(); one("h3 a", one("article:not(.gone)", group)).focus({ preventScroll: true }); };
    return make("button", { type: "button", title: count("count", numbers[index]), click: go }, bar, year);
  }));
  // The latest years, which have most works.
  strip.scrollLeft = strip.scrollWidth;
}

remember("notes");
watch(["notes"], tellNotes);
/** Whole notes, or the first paragraph of each. */
function tellNotes() {
  timeline()?.classList.toggle("whole-notes", state.notes === "whole");
  if (one("#whole")) one("#whole").checked = state.notes === "whole";
}
watch(["q", "only", "view", ...FILTERS], () => { if (viewNow() === "timeline") updateTimeline(); });
whenRead(() => {
  one("#none").before(timeline());
  timeline().hidden = viewNow() !== "timeline";
  const whole = make("input", { type: "checkbox", id: "whole", change: () => set({ notes: whole.checked ? "whole" : "" }) });
  timeline().prepend(strip, make("label", { class: "whole" }, whole, ` ${say("timeline.whole")}`));
  tellNotes();
  if (viewNow() !== "timeline") return;
  updateTimeline();
  showCurrent();
});
