// The messages of the open conversation: added as they come, in their sequence, each once.
const TYPING_MS = 5_000;

export function startThread(desk) {
  const list = document.querySelector("[data-messages]");
  const scroll = document.querySelector("[data-scroll]");
  const typing = document.querySelector("[data-typing]");
  if (!list) return { add() {}, typing() {}, merge() {}, draft() {} };
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: desk.dataset.zone });
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: desk.dataset.zone });
  const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };
  const has = (sequence) => list.querySelector(`[data-sequence="${sequence}"]`);
  let quiet = 0;

  /** In its place by sequence; what has none yet stands at the end. */
  function place(item) {
    const sequence = Number(item.dataset.sequence ?? Infinity);
    const later = [...list.querySelectorAll(".message")].find((one) => Number(one.dataset.sequence ?? Infinity) > sequence);
    list.insertBefore(item, later ?? null);
  }

  function item({ author, name: told, body, at_ms, picture }) {
    // The door knows no name of those who gave none.
    const name = told ?? list.dataset[author];
    const made = document.querySelector("template[data-message]").content.firstElementChild.cloneNode(true);
    made.classList.add(author);
    made.querySelector(".message-name").textContent = name;
    made.querySelector("time").textContent = time.format(at_ms);
    made.querySelector("time").dateTime = new Date(at_ms).toISOString();
    made.querySelector(".message-body").textContent = body;
    if (picture) made.querySelector(".message-body").prepend(shown(picture, name));
    return made;
  }

  /** As message.html draws it: from the pages, which ask whether this person may see it. */
  function shown(picture, name) {
    const address = list.dataset.pictures.replace(/[0-9a-f]+(-[0-9a-f]+){4}/, picture.id);
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener";
    const image = new Image(picture.width, picture.height);
    image.alt = list.dataset.wordsPicture.replace("%", () => name);
    // Until it is there, its height is not: who reads the end stays there.
    image.addEventListener("load", () => { if (wasAtEnd) toEnd(); });
    const wasAtEnd = isAtEnd();
    image.src = address;
    link.append(image);
    return link;
  }

  function dayLine(at) {
    const of = day.format(at);
    const lines = [...list.querySelectorAll("[data-day]")];
    if (lines.some((line) => line.dataset.day === of)) return;
    const line = document.querySelector("template[data-day-line]").content.firstElementChild.cloneNode(true);
    line.dataset.day = of;
    list.append(line);
  }

  function unsentWith(body) {
    const unsent = [...list.querySelectorAll(".unsent:not(.refused)")];
    return unsent.find((each) => each.querySelector(".message-body").textContent === body);
  }

  toEnd();
  return {
    /** A message that the door told. */
    add(told) {
      if (has(told.sequence)) return;
      const stay = isAtEnd();
      if (told.author === "customer") typing.textContent = "";
      dayLine(told.at_ms);
      // The stream may be faster than the answer to one's own: the same words stand there once.
      if (told.author === "agent") unsentWith(told.body)?.remove();
      const made = item(told);
      made.dataset.sequence = told.sequence;
      place(made);
      if (stay) toEnd();
    },
    /** One that is on its way; `sent` gives it its sequence. */
    draft(told) {
      dayLine(told.at_ms);
      const made = item(told);
      made.dataset.keySent = told.key;
      made.classList.add("unsent");
      place(made);
      toEnd();
      return made;
    },
    sent(made, sequence) {
      made.classList.remove("unsent", "refused");
      made.querySelector(".message-state").textContent = "";
      // The stream may have been faster than the answer.
      if (has(sequence)) made.remove();
      else made.dataset.sequence = sequence;
    },
    /** What the server's page has and this one has not. */
    merge(fresh) {
      const stay = isAtEnd();
      for (const one of fresh.querySelectorAll("[data-messages] > *")) {
        const known = one.dataset.sequence ? has(one.dataset.sequence) : !one.dataset.day || list.querySelector(`[data-day="${one.dataset.day}"]`);
        if (known) continue;
        const copy = document.importNode(one, true);
        if (one.dataset.sequence) place(copy);
        else list.append(copy);
      }
      if (stay) toEnd();
    },
    typing() {
      const stay = isAtEnd();
      typing.textContent = typing.dataset.words;
      clearTimeout(quiet);
      quiet = setTimeout(() => { typing.textContent = ""; }, TYPING_MS);
      if (stay) toEnd();
    },
  };
}
