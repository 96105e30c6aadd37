// One conversation: what was said, what is on its way, and what the door tells of it.
import { ask, listen, Refused, sendPicture } from "./door.js";
import { keep, kept, newKey, onKeptElsewhere, say, site } from "./place.js";

const TYPING_EVERY = 3000;
const TYPING_FADES = 6000;

export class Talk {
  /** `changed(what)` is told of "messages", "typing", "state" or "line". */
  constructor(changed) {
    this.changed = changed;
    this.messages = new Map(); // by sequence
    this.pending = (kept().pending || []).map((each) => ({ ...each, status: "sending" }));
    this.state = "open";
    this.typist = "";
    this.isLost = false;
    this.stream = null;
    this.isSending = false;
    this.typedAt = 0;
    onKeptElsewhere(() => kept().conversation !== this.conversation && this.resume());
    addEventListener("online", () => this.retryAll());
    document.addEventListener("visibilitychange", () => this.restOrWake());
    addEventListener("pagehide", () => this.rest());
    addEventListener("pageshow", (event) => event.persisted && this.resume());
  }

  get isOver() {
    return this.state === "closed";
  }

  get isDone() {
    return this.isOver || this.state === "resolved";
  }

  get inOrder() {
    return [...this.messages.values()].sort((one, other) => one.sequence - other.sequence);
  }

  /** What is not yet among the messages. The stream may bring one before its own answer does. */
  get onTheWay() {
    const arrived = this.inOrder.filter((each) => each.author === "customer");
    return this.pending.filter((one) => {
      const same = (each) => each.sequence > one.after && each.body === one.body && !each.picture === !one.file;
      const at = arrived.findIndex(same);
      if (at >= 0) arrived.splice(at, 1);
      return at < 0;
    });
  }

  get last() {
    return Math.max(0, ...this.messages.keys());
  }

  get unread() {
    const read = kept().read || 0;
    return this.inOrder.filter((each) => each.author !== "customer" && each.sequence > read).length;
  }

  markRead() {
    if (this.last > (kept().read || 0)) keep({ read: this.last });
  }

  /** Goes on with the conversation that this shop's page remembers. */
  resume() {
    const { conversation } = kept();
    if (conversation !== this.conversation) {
      this.messages.clear();
      this.state = "open";
    }
    this.conversation = conversation;
    if (!conversation) return;
    this.rest();
    this.stream = listen({
      connected: () => this.catchUp(),
      lost: () => this.setLost(true),
      heard: (kind, told) => this.hear(kind, told),
    });
  }

  rest() {
    clearTimeout(this.resting);
    this.stream?.close();
    this.stream = null;
  }

  // Hidden pages let go of the door after a while: a shop is often open in many tabs.
  restOrWake() {
    clearTimeout(this.resting);
    if (document.hidden) this.resting = setTimeout(() => this.rest(), 60_000);
    else if (!this.stream) this.resume();
  }

  setLost(isLost) {
    if (this.isLost === isLost) return;
    this.isLost = isLost;
    this.changed("line");
  }

  async catchUp() {
    const asked = this.conversation;
    try {
      const told = await ask(`/v1/conversations/${asked}/messages?after=${this.last}`);
      if (asked !== this.conversation) return;
      this.setLost(false);
      told.messages.forEach((each) => this.take(each));
      this.setState(told.state);
      this.changed("messages");
      this.retryAll();
    } catch (problem) {
      if ([401, 403, 404].includes(problem.status)) this.forget();
      else this.setLost(true);
    }
  }

  hear(kind, told) {
    if (told.conversation && told.conversation !== this.conversation) return;
    if (kind === "message") {
      this.take(told);
      if (told.author !== "customer") this.setTypist("");
      this.changed("messages");
    } else if (kind === "typing" && told.who !== "customer") {
      this.setTypist(told.name || say("agent"));
    } else if (kind === "state") {
      this.setState(told.state);
    }
  }

  take(message) {
    this.messages.set(message.sequence, { ...this.messages.get(message.sequence), ...message });
  }

  setState(state) {
    if (!state || state === this.state) return;
    this.state = state;
    if (this.isDone) this.setTypist("");
    this.changed("state");
  }

  setTypist(name) {
    clearTimeout(this.fading);
    if (name) this.fading = setTimeout(() => this.setTypist(""), TYPING_FADES);
    if (name === this.typist) return;
    this.typist = name;
    this.changed("typing");
  }

  /** Tells the other side, at most every few seconds, that somebody is writing. */
  typing() {
    if (!this.conversation || this.isOver || Date.now() - this.typedAt < TYPING_EVERY) return;
    this.typedAt = Date.now();
    ask(`/v1/conversations/${this.conversation}/typing`, { method: "POST" }).catch(() => {});
  }

  say(body) {
    this.add({ body });
  }

  show(file) {
    this.add({ body: "", file });
  }

  add(what) {
    this.typedAt = 0;
    this.pending.push({ ...what, key: newKey(), after: this.last, at_ms: Date.now(), status: "sending" });
    this.keepPending();
    this.changed("messages");
    this.send();
  }

  retryAll() {
    for (const each of this.pending) if (each.status === "failed") each.status = "sending";
    this.changed("messages");
    this.send();
  }

  drop(key) {
    this.pending = this.pending.filter((each) => each.key !== key);
    this.keepPending();
    this.changed("messages");
  }

  // Pictures are too big for the drawer; a page that is left forgets those that were not sent.
  keepPending() {
    const texts = this.pending.filter((each) => !each.file && each.status !== "refused");
    keep({ pending: texts.map(({ body, key, after, at_ms }) => ({ body, key, after, at_ms })) });
  }

  // One after the other, so that they arrive in the order in which they were written.
  async send() {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let next; (next = this.pending.find((each) => each.status === "sending")); ) await this.sendOne(next);
    } finally {
      this.isSending = false;
    }
  }

  async sendOne(one) {
    try {
      if (!this.conversation) await this.begin();
      const path = `/v1/conversations/${this.conversation}/`;
      const told = one.file
        ? await sendPicture(`${path}pictures`, one.file, one.key, (share) => this.progress(one, share))
        : await ask(`${path}messages`, { method: "POST", body: { body: one.body, key: one.key } });
      this.pending = this.pending.filter((each) => each !== one);
      this.take({ author: "customer", body: one.body, at_ms: one.at_ms, file: one.file, ...told });
      this.setLost(false);
    } catch (problem) {
      await this.failed(one, problem);
    }
    this.keepPending();
    this.changed("messages");
  }

  progress(one, share) {
    one.share = share;
    this.changed("progress");
  }

  async failed(one, problem) {
    const { status } = problem;
    if (status === 429 && problem.wait <= 10) {
      await new Promise((done) => setTimeout(done, (problem.wait || 2) * 1000));
      return;
    }
    if (status === 401 || status === 404) {
      this.forget();
      one.status = "failed";
      return;
    }
    const isFinal = problem instanceof Refused && status < 500 && status !== 429;
    one.status = isFinal ? "refused" : "failed";
    one.problem = isFinal ? problem.message : "";
    if (status === 409) this.catchUp();
    // What comes later waits with it: an answer before its question helps nobody.
    if (!isFinal) for (const each of this.pending) if (each.status === "sending") each.status = "failed";
  }

  async begin() {
    const openKey = kept().openKey || newKey();
    keep({ openKey, token: null });
    const made = await ask("/v1/conversations", { method: "POST", body: { site, key: openKey } });
    keep({ conversation: made.conversation, code: made.code, token: made.token, read: 0, rated: 0 });
    this.resume();
  }

  rate(score) {
    const key = `rating-${kept().code}-${score}`;
    const body = { score, scale: 5, key };
    return ask(`/v1/conversations/${this.conversation}/rating`, { method: "POST", body });
  }

  /** The next message begins another conversation. */
  forget() {
    this.rest();
    keep({ conversation: null, code: null, token: null, openKey: null, read: 0, rated: 0 });
    this.conversation = null;
    this.messages.clear();
    this.state = "open";
    this.setTypist("");
    this.setLost(false);
    this.changed("state");
    this.changed("messages");
  }
}
