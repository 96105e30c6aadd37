// One to five stars, once, when the matter is done.
import { h, icon } from "./dom.js";
import { keep, kept, say } from "./place.js";

const SCORES = [1, 2, 3, 4, 5];

/** The form, or thanks if it was filled in before; `rate(score)` sends it. */
export function ratingForm(rate) {
  const form = h("form", { class: "rating" });
  const said = h("p", { class: "said", role: "status" });
  const thank = () => form.replaceChildren(h("p", { class: "thanks", role: "status", tabindex: -1 }, say("thanks")));
  if (kept().rated) {
    thank();
    return form;
  }
  const stars = SCORES.map((score) => star(score, said));
  const submit = h("button", { type: "submit", class: "solid" }, say("rate_send"));
  form.append(
    h("fieldset", {}, h("legend", {}, say("rate_ask")), h("div", { class: "stars" }, ...stars)),
    said,
    submit,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const score = Number(new FormData(form).get("score"));
    if (!score) {
      said.textContent = say("rate_choose");
      form.querySelector("input").focus();
      return;
    }
    submit.disabled = true;
    try {
      await rate(score);
      keep({ rated: score });
      thank();
      form.firstChild.focus();
    } catch (problem) {
      said.textContent = problem.message && problem.code ? problem.message : say("rate_failed");
      submit.disabled = false;
    }
  });
  return form;
}

function star(score, said) {
  const words = say(`score_${score}`);
  const input = h("input", { type: "radio", name: "score", value: score, class: "unseen", "aria-label": words });
  input.addEventListener("change", () => (said.textContent = words));
  return h("label", { title: words }, input, icon("star"));
}
