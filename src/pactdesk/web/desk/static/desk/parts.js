// Parts of the page that the server draws anew: each [data-part] is replaced by its newer self.
import { toast } from "./toast.js";

/** Take the parts out of `answer`, else out of this page asked for again. */
export async function refresh(thread, answer) {
  const got = answer ?? (await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null));
  if (!got) return;
  if (got.redirected && new URL(got.url).pathname.startsWith("/account/")) {
    location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(await got.text(), "text/html");
  if (!fresh.querySelector("[data-desk]")) {
    toast(fresh.querySelector(".state p, .state-title")?.textContent ?? "", "bad");
    if (answer) await refresh(thread);
    return;
  }
  for (const part of fresh.querySelectorAll("[data-part]")) swap(document.getElementById(part.id), part);
  thread.merge(fresh);
  document.title = fresh.title;
}

function swap(old, part) {
  if (!old || old.isEqualNode(part)) return;
  // What somebody is writing, or a dialog that is open, stays.
  const composing = old.querySelector("[data-compose]") && part.querySelector("[data-compose]");
  if (composing || old.querySelector("dialog[open]")) return;
  const focused = old.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  const typed = old.querySelector("[data-search]")?.value;
  const top = old.querySelector(".list-rows")?.scrollTop ?? old.scrollTop;
  old.replaceChildren(...document.importNode(part, true).childNodes);
  const rows = old.querySelector(".list-rows") ?? old;
  rows.scrollTop = top;
  if (typed !== undefined) old.querySelector("[data-search]").value = typed;
  if (focused) old.querySelector(focused)?.focus({ preventScroll: true });
}

function keyOf(element) {
  if (element.dataset.row) return `[data-row="${element.dataset.row}"]`;
  if (element.dataset.key) return `[data-key="${element.dataset.key}"]`;
  return element.matches("[data-search]") ? "[data-search]" : null;
}
