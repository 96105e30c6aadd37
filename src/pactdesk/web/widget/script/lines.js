// The lines of a conversation, drawn anew only where something changed.
import { fetchPicture } from "./door.js";
import { h, icon, linked } from "./dom.js";
import { say } from "./place.js";
import { clockTime, dayName } from "./time.js";

export class Lines {
  /** `retry()`, `drop(key)` and `enlarge(picture)` are what the buttons in it do. */
  constructor({ retry, drop, enlarge }) {
    this.does = { retry, drop, enlarge };
    this.box = h("ol", { class: "lines" });
    this.drawn = new Map(); // by key: [what it was drawn from, element]
    this.pictures = new Map(); // by picture's id or message's key: blob address
  }

  draw(messages, pending) {
    const wanted = [];
    let day = "";
    let author = "";
    for (const each of [...messages, ...pending]) {
      const today = dayName(each.at_ms);
      if (today !== day) wanted.push(this.line(`day ${today}`, today, () => h("li", { class: "day" }, today)));
      const by = `${each.author || "customer"}${each.name || ""}`;
      const isFirst = by !== author || today !== day;
      [day, author] = [today, by];
      const key = each.status ? `p${each.key}` : `m${each.sequence}`;
      const from = [isFirst, each.status, each.problem, each.picture?.id].join();
      wanted.push(this.line(key, from, () => this.message(each, isFirst)));
    }
    this.place(wanted);
  }

  line(key, from, make) {
    const known = this.drawn.get(key);
    if (known?.[0] === from) return [key, known];
    return [key, [from, make()]];
  }

  // A screen reader hears what is added; so what stays is left where it is.
  place(wanted) {
    this.drawn = new Map(wanted);
    const elements = wanted.map(([, [, element]]) => element);
    for (const child of [...this.box.children]) if (!elements.includes(child)) child.remove();
    elements.forEach((element, at) => {
      if (this.box.children[at] !== element) this.box.insertBefore(element, this.box.children[at] || null);
    });
  }

  message(one, isFirst) {
    const author = one.author || "customer";
    const name = author === "customer" ? say("you") : one.name || say(author);
    const item = h("li", { class: `line ${author}${isFirst ? " first" : ""}` });
    item.append(h("span", { class: isFirst && author === "agent" ? "name" : "unseen" }, name));
    if (one.picture || one.file) item.append(this.picture(one, name));
    if (one.body) item.append(h("p", { class: "body" }, ...linked(one.body)));
    item.append(this.foot(one));
    return item;
  }

  foot(one) {
    if (!one.status) return h("time", { datetime: new Date(one.at_ms).toISOString() }, clockTime(one.at_ms));
    if (one.status === "sending") {
      const bar = one.file && h("progress", { max: 1, value: one.share || 0, "aria-label": say("sending") });
      return h("span", { class: "foot", "data-key": one.key }, bar, say("sending"));
    }
    const foot = h("span", { class: "foot bad" }, one.problem || say("not_sent"));
    if (one.status === "failed") foot.append(h("button", { type: "button", onclick: this.does.retry }, say("retry")));
    foot.append(h("button", { type: "button", onclick: () => this.does.drop(one.key) }, say("drop")));
    return foot;
  }

  progress(pending) {
    for (const one of pending) {
      const bar = this.box.querySelector(`[data-key="${one.key}"] progress`);
      if (bar) bar.value = one.share || 0;
    }
  }

  picture(one, name) {
    const { width = 4, height = 3 } = one.picture || {};
    const words = say("picture_by", { name });
    const button = h("button", { type: "button", class: "picture", "aria-label": say("enlarge", { picture: words }) });
    // Its place is kept from the start, so that nothing jumps when it comes.
    const scale = Math.min(1, 220 / width, 260 / height);
    if (one.picture) {
      button.style.width = `${Math.max(48, Math.round(width * scale))}px`;
      button.style.height = `${Math.max(48, Math.round(height * scale))}px`;
    }
    this.bytes(one)
      .then(async (bytes) => {
        button.append(await shown(bytes, words));
        button.onclick = () => this.does.enlarge(bytes, words, button);
      })
      .catch(() => button.replaceChildren(icon("picture"), h("span", {}, say("picture_gone"))));
    return button;
  }

  bytes(one) {
    if (one.file) return Promise.resolve(one.file);
    const { id } = one.picture;
    if (!this.pictures.has(id)) {
      const coming = fetchPicture(id);
      coming.catch(() => this.pictures.delete(id));
      this.pictures.set(id, coming);
    }
    return this.pictures.get(id);
  }
}

/** The picture as an element: an image, or a drawing where the shop's policy allows no such image. */
export async function shown(bytes, words) {
  const image = new Image();
  image.alt = words;
  image.src = URL.createObjectURL(bytes);
  try {
    await image.decode();
    return image;
  } catch {
    const bitmap = await createImageBitmap(bytes);
    const canvas = h("canvas", { width: bitmap.width, height: bitmap.height, role: "img", "aria-label": words });
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    return canvas;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
