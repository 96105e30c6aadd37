// Writing an answer. Each message has a key from the moment it is sent, and stands in the
// session's storage until the desk has it: whatever dies on the way, it comes once.
const TYPING_EVERY_MS = 3_000;
const AGAIN_MS = 3_000;

export function startComposer(desk, door, thread) {
  const conversation = desk.dataset.conversation;
  const form = document.querySelector("[data-compose]");
  if (!form) return;
  const field = form.querySelector("textarea");
  const told = form.querySelector("[data-told]");
  const words = form.dataset;
  const longest = Number(words.longest);
  const draftName = `draft:${conversation}`;
  const unsentName = `unsent:${conversation}`;
  let composing = false;
  let typedAt = 0;

  const unsent = () => JSON.parse(sessionStorage.getItem(unsentName) ?? "[]");
  const keep = (list) => sessionStorage.setItem(unsentName, JSON.stringify(list));
  const length = () => [...field.value].length;

  field.required = false;
  field.value = sessionStorage.getItem(draftName) ?? field.value;
  field.addEventListener("compositionstart", () => { composing = true; });
  field.addEventListener("compositionend", () => { composing = false; });
  field.addEventListener("input", () => {
    sessionStorage.setItem(draftName, field.value);
    tell();
    if (field.value.trim() && Date.now() - typedAt > TYPING_EVERY_MS) {
      typedAt = Date.now();
      door.call(`/v1/conversations/${conversation}/typing`, {}).catch(() => null);
    }
  });
  field.addEventListener("keydown", (event) => {
    // The Enter that chooses a word of an input method (keyCode 229 in Safari) sends nothing.
    if (event.key !== "Enter" || event.shiftKey || composing || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = field.value;
    if (!body.trim() || length() > longest) return tell();
    const one = { key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, body, at_ms: Date.now() };
    keep([...unsent(), one]);
    field.value = "";
    sessionStorage.removeItem(draftName);
    tell();
    field.focus();
    queue(one);
  });

  function tell() {
    const much = length();
    told.classList.toggle("bad", much > longest);
    told.textContent = much > longest ? words.wordsLong : much > longest * 0.9 ? `${much} / ${longest}` : "";
  }

  // One after the other, so that they stand in the order in which they were written.
  let line = Promise.resolve();
  function queue(one) {
    const made = thread.draft({ ...one, author: "agent", name: words.me });
    line = line.then(() => send(one, made));
  }

  async function send(one, made) {
    const state = made.querySelector(".message-state");
    state.textContent = words.wordsSending;
    for (;;) {
      const answer = await attempt(one);
      if (answer.sequence) {
        keep(unsent().filter((each) => each.key !== one.key));
        thread.sent(made, answer.sequence);
        return;
      }
      if (answer.refused) {
        refused(one, made, answer.refused);
        return;
      }
      state.textContent = words.wordsWaiting;
      await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); addEventListener("online", resolve, { once: true }); });
    }
  }

  /** Through the door; without it, through the pages. The same key makes the same message. */
  async function attempt(one) {
    const bare = { body: one.body, key: one.key };
    if (desk.dataset.live) {
      const answer = await door.call(`/v1/conversations/${conversation}/messages`, bare).catch(() => null);
      if (answer?.ok) return answer.json();
      if (answer && [400, 403, 404, 409, 413].includes(answer.status)) {
        return { refused: (await answer.json().catch(() => null))?.sentence ?? words.wordsRefused };
      }
    }
    const data = new FormData(form);
    data.set("body", one.body);
    data.set("key", one.key);
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok && answer.headers.get("Content-Type")?.includes("json")) return answer.json();
    if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return { refused: page.querySelector(".state p")?.textContent ?? words.wordsRefused };
    }
    return {};
  }

  function refused(one, made, why) {
    made.classList.add("refused");
    const state = made.querySelector(".message-state");
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = words.wordsAgain;
    again.addEventListener("click", () => {
      made.remove();
      queue(one);
    });
    state.replaceChildren(`${why} `, again);
  }

  for (const one of unsent()) queue(one);
  tell();
}
