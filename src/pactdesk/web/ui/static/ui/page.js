// What the components do beyond showing. Each works on markup found now or swapped in later.
import { startClocks } from "./clock.js";
import { keepDrafts } from "./drafts.js";
import { labelCells } from "./tables.js";
import { watchTabs } from "./tabs.js";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const dialog = event.target.closest("dialog");
  // A click on the dialog itself, not on what is in it, is a click beside it.
  if (event.target.closest("[data-closes]") || event.target === dialog) dialog?.close();
  event.target.closest("[data-dismisses]")?.closest("[data-notice]").remove();
  const unfolder = event.target.closest("[data-unfolds]");
  if (unfolder) unfold(unfolder, unfolder.getAttribute("aria-expanded") !== "true");
  for (const open of document.querySelectorAll("[data-folds-away][open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("[data-folds-away][open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
  const unfolder = document.querySelector('[data-unfolds][aria-expanded="true"]');
  if (unfolder) {
    unfold(unfolder, false);
    unfolder.focus();
  }
});

function unfold(button, isOpen) {
  button.setAttribute("aria-expanded", String(isOpen));
  document.getElementById(button.getAttribute("aria-controls")).toggleAttribute("data-unfolded", isOpen);
}

// Appearance changes at once; the form tells the server, which remembers it in a cookie.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-choice]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const chosen = event.submitter.value;
  document.documentElement.dataset.theme = chosen;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === chosen));
  }
  fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
});

const connection = document.querySelector("[data-connection]");
function showConnection() {
  if (connection) connection.textContent = navigator.onLine ? "" : connection.dataset.words;
}
addEventListener("online", showConnection);
addEventListener("offline", showConnection);
showConnection();

labelCells();
keepDrafts();
startClocks();
watchTabs();
