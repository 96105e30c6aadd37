// The keyboard: single letters, but never while somebody writes or a dialog is open.
const isWriting = (element) => element?.closest("input, textarea, select, [contenteditable]");

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.key === "Escape" && isWriting(event.target)) {
      event.target.blur();
      return;
    }
    if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
    if (press(event.key)) event.preventDefault();
  });
}

function press(key) {
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (key === "r") return focus("#reply");
  if (key === "/") return focus("[data-search]");
  if (key === "?") return open("keys");
  const button = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (button) button.click();
  return Boolean(button);
}

function focus(selector) {
  const found = document.querySelector(selector);
  found?.focus();
  return Boolean(found);
}

function open(id) {
  document.getElementById(id)?.showModal();
  return true;
}

/** In the list the focus moves; beside an open conversation the next one is opened. */
function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return false;
  const isBeside = Boolean(document.querySelector("[data-conversation]"));
  const here = rows.findIndex((row) => (isBeside ? row.hasAttribute("aria-current") : row === document.activeElement));
  const to = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step;
  if (to < 0 || to >= rows.length) return true;
  if (isBeside) rows[to].click();
  else rows[to].focus();
  return true;
}
