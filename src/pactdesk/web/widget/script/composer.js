// Where the customer writes: text, and one picture at a time.
import { h, icon } from "./dom.js";
import { shown } from "./lines.js";
import { say } from "./place.js";

const LONGEST = 20_000;
const MOST_BYTES = 8 * 1024 * 1024;
const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/** `send({ text, file })` gets what is to be sent, `typing()` hears of every stroke. */
export function composer({ send, typing }) {
  let file = null;
  const field = h("textarea", {
    rows: 1,
    maxlength: LONGEST,
    placeholder: say("write"),
    "aria-label": say("write"),
    enterkeyhint: "send",
  });
  const chosen = h("input", { type: "file", accept: KINDS.join(), hidden: true });
  const choose = h(
    "button",
    { type: "button", class: "tool", "aria-label": say("add_picture"), title: say("add_picture"), onclick: () => chosen.click() },
    icon("picture"),
  );
  const submit = h("button", { class: "tool send solid", "aria-label": say("send"), title: say("send") }, icon("send"));
  const preview = h("div", { class: "preview", hidden: true });
  const problem = h("p", { class: "problem", role: "alert" });
  const form = h("form", { class: "composer" }, preview, problem, h("div", { class: "row" }, choose, chosen, field, submit));

  function fit() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    submit.disabled = !field.value.trim() && !file;
  }

  async function take(given) {
    problem.textContent = "";
    if (!KINDS.includes(given.type)) return void (problem.textContent = say("picture_kind"));
    if (given.size > MOST_BYTES) return void (problem.textContent = say("picture_big"));
    file = given;
    const remove = h("button", { type: "button", class: "tool", "aria-label": say("remove_picture"), onclick: () => drop(true) }, icon("close"));
    const image = await shown(given, say("preview")).catch(() => icon("picture"));
    if (file !== given) return;
    preview.replaceChildren(image, h("span", {}, `${(given.size / 1024).toFixed(0)} KB`), remove);
    preview.hidden = false;
    fit();
    field.focus();
  }

  function drop(andFocus) {
    file = null;
    chosen.value = "";
    preview.hidden = true;
    preview.replaceChildren();
    fit();
    if (andFocus) field.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text && !file) return;
    send({ text, file });
    field.value = "";
    drop(true);
  });
  field.addEventListener("keydown", (event) => {
    // While an input method composes, Enter takes its word and sends nothing (Safari says 229).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  field.addEventListener("input", () => {
    problem.textContent = "";
    fit();
    if (field.value.trim()) typing();
  });
  form.addEventListener("paste", (event) => {
    const pasted = [...(event.clipboardData?.files || [])].find((each) => each.type.startsWith("image/"));
    if (!pasted) return;
    event.preventDefault();
    take(pasted);
  });
  chosen.addEventListener("change", () => chosen.files[0] && take(chosen.files[0]));
  fit();
  return { form, field, fit };
}
