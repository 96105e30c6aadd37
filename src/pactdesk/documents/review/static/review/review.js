"use strict";
// A reviewer's marks. In a file of its own they stay on this device until they are downloaded as
// corrections.yaml; in the portal a form hands the same record in.
const root = document.documentElement;
const part = (id) => document.getElementById(id);
const review = part("review");
const form = part("keep");
const state = JSON.parse(part("state").textContent);
const rows = [...document.querySelectorAll(".r-row")];
const byId = new Map([...document.querySelectorAll(".r-row, .r-card")].map((each) => [each.id, each]));
const places = new Map();
for (const mark of document.querySelectorAll("mark[data-of]")) {
  for (const name of mark.dataset.of.split(" ")) {
    if (!places.has(name)) places.set(name, []);
    places.get(name).push(mark);
  }
}
const say = (key, values = {}) =>
  Object.entries(values).reduce((told, [name, value]) => told.replace(`{${name}}`, value),
    state.words[key][review.dataset.language]);

// ---- language and theme ----------------------------------------------------------------------
function speak(language) {
  review.dataset.language = language;
  if (!state.inPortal) {
    root.dataset.spoken = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
  }
  for (const each of document.querySelectorAll("[data-zh]")) {
    const words = each.dataset[language];
    if (each.tagName === "OPTION") each.textContent = words;
    else { each.setAttribute("aria-label", words); if (each.tagName === "BUTTON") each.title = words; }
  }
  for (const row of rows) tell(row);
  progress();
}

// ---- the reviewer's marks --------------------------------------------------------------------
const controls = (row) => [...row.querySelectorAll(".r-edit input, .r-edit select")];
const SIGNS = { number: /^-?\d{1,18}(\.\d{1,12})?$/, count: /^[1-9]\d*$/, day: /^\d{4}-\d\d-\d\d$/ };
const readable = (control) => {
  const value = control.value.trim();
  const sign = SIGNS[control.dataset.kind];
  return !value || !sign || sign.test(value);
};
const changed = (row) => controls(row).filter((c) => c.value.trim() && c.value.trim() !== c.dataset.written);

function mark(row, what) {
  if (what) row.dataset.state = what; else delete row.dataset.state;
  for (const button of row.querySelectorAll(".r-do button")) {
    const told = { confirm: "confirmed", correct: "corrected", absent: "absent" }[button.dataset.do];
    button.setAttribute("aria-pressed", String(told === what));
  }
  tell(row);
  progress();
  keep();
}
function tell(row) {
  const what = row.dataset.state;
  const to = what === "corrected" ? "：" + changed(row).map((c) =>
    c.tagName === "SELECT" ? c.selectedOptions[0].textContent : c.value.trim()).join("、") : "";
  row.querySelector(".r-state").textContent = what ? say("saved." + what) + to : "";
}
function act(row, what) {
  const edit = row.querySelector(".r-edit");
  if (!row.querySelector(".r-do")) return;
  if (what === "correct") {
    edit.hidden = !edit.hidden;
    if (!edit.hidden) controls(row)[0]?.focus();
    return;
  }
  edit.hidden = true;
  const told = { confirm: "confirmed", absent: "absent" }[what];
  for (const control of controls(row)) { control.value = control.dataset.written; control.removeAttribute("aria-invalid"); }
  mark(row, row.dataset.state === told ? "" : told);
}
function progress() {
  const done = rows.filter((row) => row.dataset.state).length;
  part("progress").textContent = say("progress", { done, all: rows.length });
  for (const link of document.querySelectorAll("a[data-row]")) {
    link.parentElement.classList.toggle("r-done", Boolean(byId.get(link.dataset.row)?.dataset.state));
  }
}

// ---- the record ------------------------------------------------------------------------------
const literal = (control) => {
  const value = control.value.trim();
  if (control.dataset.kind === "list") return JSON.stringify(value.split(/[,，、]\s*/).filter(Boolean));
  if (control.dataset.kind === "count" || value === "true" || value === "false") return value;
  if (/^[[{]/.test(value)) try { return JSON.stringify(JSON.parse(value)); } catch { /* words */ }
  return JSON.stringify(value);
};
function record() {
  const answers = [], corrections = [], absent = [], confirmed = [];
  for (const row of rows) {
    if (row.dataset.state === "confirmed") {
      confirmed.push(row.dataset.path);
      // To confirm a blank is to agree to what is suggested for it.
      for (const control of controls(row)) {
        if (control.dataset.suggested) answers.push(`  ${control.name}: ${control.dataset.suggested}`);
      }
    }
    if (row.dataset.state === "absent") absent.push(row.dataset.path);
    if (row.dataset.state !== "corrected") continue;
    for (const control of changed(row)) {
      (control.dataset.blank === "1" ? answers : corrections).push(`  ${control.name}: ${literal(control)}`);
    }
  }
  const map = (name, lines) => (lines.length ? `${name}:\n${lines.join("\n")}\n` : "");
  const list = (name, paths) => map(name, paths.map((path) => `- ${path}`));
  return `document: "${state.document}"\n` + map("answers", answers) + map("corrections", corrections) +
    list("absent", absent) + list("confirmed", confirmed);
}
// The first correction that nobody could read back; it has the focus then.
function slip() {
  const wrong = controls(document).find((control) => !readable(control));
  if (!wrong) return false;
  pane("terms");
  wrong.closest(".r-edit").hidden = false;
  wrong.focus();
  part("progress").textContent = say("unreadable");
  return true;
}
part("download")?.addEventListener("click", () => {
  if (slip()) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([record()], { type: "application/yaml" }));
  link.download = "corrections.yaml";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
let unsaved = false;
form?.addEventListener("submit", (event) => {
  if (slip()) return event.preventDefault();
  form.elements.record.value = record();
  unsaved = false;
  return undefined;
});
window.addEventListener("beforeunload", (event) => { if (form && unsaved) event.preventDefault(); });

// ---- kept on this device, and taken up again ---------------------------------------------------
const KEY = "pactdesk-review-" + state.document;
let loading = true;
function keep() {
  if (loading) return;
  unsaved = true;
  // Of a contract in the portal nothing stays behind on a device.
  if (state.inPortal) return;
  const kept = rows.filter((row) => row.dataset.state).map((row) =>
    [row.id, row.dataset.state, Object.fromEntries(changed(row).map((c) => [c.name, c.value]))]);
  try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* a file may have no store */ }
}
function take() {
  const made = state.record;
  const typed = { ...made.answers, ...made.corrections };
  for (const row of rows) {
    const mine = controls(row).filter((control) => control.name in typed);
    for (const control of mine) {
      const value = typed[control.name];
      if (made.confirmed?.includes(row.dataset.path)) continue;
      const isList = Array.isArray(value) && !value.some((each) => typeof each === "object");
      control.value = isList ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value);
    }
    if (made.absent?.includes(row.dataset.path)) mark(row, "absent");
    else if (made.confirmed?.includes(row.dataset.path)) mark(row, "confirmed");
    else if (mine.length) mark(row, "corrected");
  }
  if (!state.inPortal) try {
    for (const [id, what, values] of JSON.parse(localStorage.getItem(KEY) || "[]")) {
      const row = byId.get(id);
      if (!row) continue;
      for (const control of controls(row)) if (control.name in values) control.value = values[control.name];
      mark(row, what);
    }
  } catch { /* nothing was kept */ }
  loading = false;
}

// ---- there and back --------------------------------------------------------------------------
let near = [];
function show(elements) {
  for (const each of near) each.classList.remove("r-near");
  near = elements;
  for (const each of near) each.classList.add("r-near");
}
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const reach = (element) => element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
function pane(name) {
  review.dataset.pane = name;
  for (const button of document.querySelectorAll(".r-panes button")) {
    button.setAttribute("aria-pressed", String(button.dataset.pane === name));
  }
}
let last = null;
function toText(name, from) {
  const found = places.get(name) || (from && places.get(from.closest(".r-card").id)) || [];
  if (!found.length) return;
  last = from;
  pane("text");
  show([...found, ...(from ? [from] : [])]);
  reach(found[0]);
  found[0].focus({ preventScroll: true });
}
function toRow(id) {
  const row = byId.get(id);
  if (!row) return;
  pane("terms");
  show([row, ...(places.get(id) || [])]);
  reach(row);
  (row.matches(".r-row") ? row : row.querySelector(".r-row") || row).focus({ preventScroll: true });
}
document.addEventListener("click", (event) => {
  const target = event.target;
  const button = target.closest("[data-do]");
  if (button) return act(button.closest(".r-row"), button.dataset.do);
  const quote = target.closest(".r-quote");
  if (quote) return toText(quote.dataset.to, null);
  const link = target.closest("a[data-row]");
  if (link) { event.preventDefault(); return toRow(link.dataset.row); }
  const tab = target.closest(".r-panes button");
  if (tab) return pane(tab.dataset.pane);
  const mark = target.closest("mark[data-of]");
  if (mark) {
    const name = mark.dataset.of.split(" ").find((each) => byId.has(each));
    if (name) return toRow(name);
    const finding = mark.dataset.of.split(" ").find((each) => /^f\d/.test(each));
    const details = finding && part("finding-" + finding.slice(1).split("-")[0]);
    if (details) { details.open = true; reach(details); details.querySelector("summary").focus({ preventScroll: true }); }
    return undefined;
  }
  const row = target.closest(".r-row");
  if (row && !target.closest(".r-edit")) toText(row.id, row);
  return undefined;
});
document.addEventListener("mouseover", (event) => {
  const row = event.target.closest?.(".r-row");
  const mark = event.target.closest?.("mark[data-of]");
  if (row) show([row, ...(places.get(row.id) || [])]);
  else if (mark) {
    const id = mark.dataset.of.split(" ").find((each) => byId.has(each));
    show(id ? [byId.get(id), ...(places.get(id) || [])] : []);
  }
});
document.addEventListener("input", (event) => {
  const row = event.target.closest(".r-row");
  if (!row) return;
  event.target.setAttribute("aria-invalid", String(!readable(event.target)));
  mark(row, changed(row).length ? "corrected" : "");
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, select, summary, a") ||
    (event.target.matches("button") && (event.key === "Enter" || event.key === " "));
  const row = event.target.closest(".r-row");
  if (event.target.matches("input, select") && event.key === "Escape") { row.querySelector(".r-edit").hidden = true; row.focus(); return; }
  if (typing) return;
  if (event.target.matches("mark") && (event.key === "Escape" || event.key === "Enter")) {
    event.preventDefault();
    const name = event.target.dataset.of.split(" ").find((each) => byId.has(each));
    toRow(last ? last.id : name);
    return;
  }
  const list = event.target.closest(".r-list");
  if (!list) return;
  const at = row ? rows.indexOf(row) : -1;
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    show([next, ...(places.get(next.id) || [])]);
    places.get(next.id)?.[0].scrollIntoView({ block: "center" });
  } else if (row && event.key === "Enter") { event.preventDefault(); toText(row.id, row); }
  else if (row && "cxe".includes(event.key)) { event.preventDefault(); act(row, { c: "confirm", e: "correct", x: "absent" }[event.key]); }
});
part("print")?.addEventListener("click", () => window.print());
part("language")?.addEventListener("click", () => speak(review.dataset.language === "zh" ? "en" : "zh"));
part("theme")?.addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
window.addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
});
if (rows.length) rows[0].tabIndex = 0;
take();
speak(review.dataset.language);
