// The agents' desk in the browser: keyboard, live messages, sending. Without it, plain forms work.
import { watchKeys } from "./keys.js";
import { refresh } from "./parts.js";
import { startStream } from "./live.js";
import { startComposer } from "./composer.js";
import { startThread } from "./thread.js";
import { toast } from "./toast.js";

const desk = document.querySelector("[data-desk]");
const told = document.querySelector("[data-lost]");
const thread = startThread(desk);
const door = startStream(desk, {
  message: (one) => {
    if (one.conversation === desk.dataset.conversation) thread.add(one);
    soon();
  },
  typing: (one) => {
    if (one.conversation === desk.dataset.conversation && one.who === "customer") thread.typing();
  },
  state: () => soon(),
  opened: () => soon(),
  open: () => told.replaceChildren(),
  lost: () => { told.textContent = desk.dataset.wordsLost; },
  again: () => {
    // One who has not seen that it was lost need not be told that it is back.
    if (told.textContent) toast(desk.dataset.wordsBack, "good");
    told.replaceChildren();
    soon(0);
  },
});
startComposer(desk, door, thread);
watchKeys();

// Many events at once, for instance after a pause, are one look at the server.
let timer = 0;
function soon(wait = 300) {
  if (timer) return;
  timer = setTimeout(async () => {
    await refresh(thread);
    timer = 0;
  }, wait);
}

// A clock that ran out: whether it was missed, only the server can say.
document.addEventListener("clock:due", () => soon(1000));
// Other people's clocks and the hours of service move on also when nobody writes.
setInterval(() => { if (!document.hidden) soon(); }, 60_000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });

// State changes: the answer of the form is the page as it is now.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-act], #confirm-close form");
  if (!form) return;
  event.preventDefault();
  form.closest("dialog")?.close();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), headers: { Accept: "text/html" } }).catch(() => null);
  await refresh(thread, answer);
});
