// The button in the corner, the panel above it, and what moves between them.
import { composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { Hours } from "./hours.js";
import { Lines, shown } from "./lines.js";
import { merchantColour, privacyPage, pageAddress, say } from "./place.js";
import { ratingForm } from "./rating.js";
import { Talk } from "./talk.js";

const PHONE = matchMedia("(max-width: 480px)");

export class Panel {
  constructor(root) {
    this.root = root;
    this.talk = new Talk((what) => this.changed(what));
    this.hours = new Hours(() => this.drawHours());
    this.build();
    this.talk.resume();
    this.drawAll();
  }

  build() {
    this.badge = h("span", { class: "badge", "aria-hidden": true, hidden: true });
    this.launcher = h(
      "button",
      { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel", onclick: () => this.toggle() },
      icon("chat"),
      this.badge,
    );
    this.news = h("p", { class: "unseen", role: "status" });
    this.title = h("h2", { id: "title", tabindex: -1 }, say("title"));
    this.state = h("p", { class: "hours" });
    this.closed = h("p", { class: "notice", role: "status", hidden: true });
    this.greeting = h("p", { class: "greeting", hidden: true });
    this.lines = new Lines({
      retry: () => this.talk.retryAll(),
      drop: (key) => this.talk.drop(key),
      enlarge: (bytes, words, from) => this.enlarge(bytes, words, from),
    });
    this.typist = h("p", { class: "typing", hidden: true }, h("span", { class: "dots", "aria-hidden": true }), h("span"));
    this.log = h("div", { role: "log", "aria-live": "polite", "aria-label": say("messages") }, this.lines.box);
    this.scroll = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": say("messages") }, this.greeting, this.log, this.typist);
    this.line = h("p", { class: "notice warn", role: "status", hidden: true }, say("offline"));
    this.end = h("div", { class: "end", hidden: true });
    this.composer = composer({ send: (what) => this.send(what), typing: () => this.talk.typing() });
    this.privacy = h("p", { class: "privacy" }, say("privacy"), " ");
    this.panel = h(
      "section",
      { id: "panel", class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true },
      h(
        "header",
        {},
        h("div", {}, this.title, this.state),
        h("button", { type: "button", class: "tool", "aria-label": say("fold"), title: say("fold"), onclick: () => this.fold() }, icon("fold")),
      ),
      this.closed,
      this.scroll,
      this.line,
      this.end,
      this.composer.form,
      this.privacy,
    );
    this.panel.addEventListener("keydown", (event) => this.onKey(event));
    const frame = h("div", { class: "frame" }, this.panel, this.launcher, this.news);
    const colour = merchantColour();
    if (colour) frame.style.setProperty("--accent", colour);
    this.root.append(frame);
    // Whoever reads the end stays there, whatever grows; whoever reads further up is left alone.
    this.isAtEnd = true;
    this.scroll.addEventListener("scroll", () => {
      const { scrollTop, scrollHeight, clientHeight } = this.scroll;
      this.isAtEnd = scrollHeight - scrollTop - clientHeight < 60;
    });
    const follow = new ResizeObserver(() => this.isAtEnd && this.toEnd());
    follow.observe(this.scroll);
    follow.observe(this.log);
    visualViewport?.addEventListener("resize", () => this.fitPhone());
    PHONE.addEventListener("change", () => this.fitPhone());
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  toggle() {
    if (this.isOpen) this.fold();
    else this.unfold();
  }

  unfold() {
    this.panel.hidden = false;
    this.launcher.setAttribute("aria-expanded", "true");
    this.root.firstElementChild.classList.add("open");
    this.hours.refresh();
    this.fitPhone();
    this.composer.fit();
    this.drawAll();
    this.toEnd();
    // On a phone the keyboard would cover half of what there is to read.
    if (PHONE.matches || this.talk.isOver) this.title.focus();
    else this.composer.field.focus();
  }

  fold() {
    this.panel.hidden = true;
    this.launcher.setAttribute("aria-expanded", "false");
    this.root.firstElementChild.classList.remove("open");
    this.drawBadge();
    this.launcher.focus();
  }

  // The keyboard of a phone shrinks what is visible, not the page.
  fitPhone() {
    const isPhone = PHONE.matches;
    this.panel.toggleAttribute("aria-modal", false);
    if (isPhone) this.panel.setAttribute("aria-modal", "true");
    const { height, offsetTop, scale } = visualViewport || {};
    const shrunk = isPhone && scale === 1 && height < innerHeight - 1;
    this.panel.style.height = shrunk ? `${height}px` : "";
    this.panel.style.top = shrunk ? `${offsetTop}px` : "";
  }

  onKey(event) {
    event.stopPropagation(); // the shop's own shortcuts are not meant
    if (event.key === "Escape" && !event.isComposing) this.fold();
    if (event.key !== "Tab" || !PHONE.matches) return;
    const able = [...this.panel.querySelectorAll("button,textarea,input,a,[tabindex='0']")].filter(
      (each) => !each.disabled && each.offsetParent && each.tabIndex >= 0,
    );
    const edge = event.shiftKey ? able[0] : able.at(-1);
    if (this.root.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? able.at(-1) : able[0]).focus();
  }

  send({ text, file }) {
    if (file) this.talk.show(file);
    if (text) this.talk.say(text);
    this.toEnd();
  }

  changed(what) {
    if (!this.panel) return;
    if (what === "messages") this.drawMessages();
    else if (what === "progress") this.lines.progress(this.talk.onTheWay);
    else if (what === "typing") this.drawTypist();
    else if (what === "line") this.line.hidden = !this.talk.isLost;
    else this.drawState();
  }

  drawAll() {
    this.drawMessages();
    this.drawState();
    this.drawHours();
    this.drawTypist();
  }

  drawMessages() {
    this.lines.draw(this.talk.inOrder, this.talk.onTheWay);
    this.drawGreeting();
    this.drawBadge();
    if (this.isAtEnd) this.toEnd();
  }

  drawBadge() {
    if (this.isOpen && !document.hidden) this.talk.markRead();
    const count = this.isOpen ? 0 : this.talk.unread;
    const words = count ? say("unread", { count }) : "";
    this.badge.hidden = !count;
    this.badge.textContent = count > 99 ? "99+" : count;
    if (this.news.textContent !== words) this.news.textContent = words;
    const name = this.isOpen ? say("fold") : [say("open"), words].filter(Boolean).join(say("comma"));
    this.launcher.setAttribute("aria-label", name);
    this.launcher.replaceChildren(icon(this.isOpen ? "fold" : "chat"), this.badge);
  }

  drawGreeting() {
    this.greeting.textContent = this.hours.greeting;
    this.greeting.hidden = !this.hours.greeting;
  }

  drawTypist() {
    this.typist.lastChild.textContent = this.talk.typist && say("typing", { name: this.talk.typist });
    this.typist.hidden = !this.talk.typist;
    if (this.isAtEnd) this.toEnd();
  }

  drawHours() {
    const { merchant, isOpen, text, whenClosed, told, problem } = this.hours;
    if (merchant) this.title.textContent = merchant;
    const open = told && h("b", { class: isOpen ? "on" : "off" }, say(isOpen ? "is_open" : "is_closed"));
    this.state.replaceChildren(...[open, text && h("span", {}, text)].filter(Boolean));
    if (!told) this.state.textContent = problem || say("loading");
    this.closed.textContent = whenClosed;
    this.closed.hidden = !whenClosed;
    const page = privacyPage || pageAddress(told?.privacy_url);
    this.privacy.replaceChildren(say("privacy"), " ", page ? h("a", { href: page, target: "_blank", rel: "noopener" }, say("privacy_page")) : "");
    this.drawGreeting();
  }

  drawState() {
    const { isDone, isOver, state } = this.talk;
    this.composer.form.hidden = isOver;
    if (!isOver) this.composer.fit();
    const drawn = `${state} ${this.talk.conversation}`;
    if (this.drawnState === drawn) return;
    this.drawnState = drawn;
    this.end.hidden = !isDone;
    if (!isDone) return void this.end.replaceChildren();
    const again = h("button", { type: "button", onclick: () => this.beginAgain() }, say("new_talk"));
    const words = h("p", { role: "status" }, say(isOver ? "is_over" : "is_resolved"));
    this.end.replaceChildren(words, ratingForm((score) => this.talk.rate(score)), isOver ? again : "");
    this.toEnd();
  }

  beginAgain() {
    this.talk.forget();
    this.composer.field.focus();
  }

  toEnd() {
    this.isAtEnd = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  async enlarge(bytes, words, from) {
    const close = h("button", { type: "button", class: "tool", "aria-label": say("close") }, icon("close"));
    const large = h("dialog", { class: "large", "aria-label": words }, close, await shown(bytes, words));
    large.addEventListener("click", (event) => event.target.closest("img,canvas") || large.close());
    large.addEventListener("keydown", (event) => event.stopPropagation());
    large.addEventListener("close", () => {
      large.remove();
      from.focus();
    });
    this.root.firstElementChild.append(large);
    large.showModal();
  }
}
