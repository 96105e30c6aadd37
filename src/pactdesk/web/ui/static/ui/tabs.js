// Tabs: arrows move, Home and End jump; only the chosen panel shows.
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

function choose(tab, focus) {
  const list = tab.closest("[data-tabs]");
  for (const one of list.querySelectorAll('[role="tab"]')) {
    const isChosen = one === tab;
    one.setAttribute("aria-selected", String(isChosen));
    one.tabIndex = isChosen ? 0 : -1;
    const panel = document.getElementById(one.getAttribute("aria-controls"));
    if (panel) panel.hidden = !isChosen;
  }
  if (focus) tab.focus();
}

export function watchTabs() {
  const setUp = (root) => {
    for (const tab of root.querySelectorAll('[data-tabs] [aria-selected="true"]')) choose(tab, false);
  };
  setUp(document);
  document.addEventListener("htmx:after:swap", () => setUp(document));
  document.addEventListener("click", (event) => {
    const tab = event.target.closest('[data-tabs] [role="tab"]');
    if (tab) choose(tab, true);
  });
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.('[data-tabs] [role="tab"]');
    if (!tab) return;
    const tabs = [...tab.closest("[data-tabs]").querySelectorAll('[role="tab"]')];
    const at = tabs.indexOf(tab);
    const to = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : event.key in STEPS ? (at + STEPS[event.key] + tabs.length) % tabs.length : at;
    if (to !== at) {
      event.preventDefault();
      choose(tabs[to], true);
    }
  });
}
