// What somebody is writing into a form outlives a session that ends in the middle of it: it
// stands in this tab's storage until the form was taken.
const WRITTEN = "written:";
const SENT = "sent:";
const LOG_IN = "/account/login";
const LOG_OUT = "/account/logout/";

export function keepDrafts() {
  // The desk's composer keeps its own, message by message.
  const fields = [...document.querySelectorAll('form[method="post"]:not([data-compose]) textarea[name]')];
  settle(new Set(fields.map(nameOf)));
  for (const field of fields) field.value ||= sessionStorage.getItem(nameOf(field)) ?? "";
  document.addEventListener("input", ({ target }) => {
    if (fields.includes(target)) sessionStorage.setItem(nameOf(target), target.value);
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.action.endsWith(LOG_OUT)) sessionStorage.clear();
    for (const field of fields) if (field.form === target) sessionStorage.setItem(SENT + nameOf(field), "1");
  });
}

/** The form's address and what it is about, for there may be several of one kind on a page. */
function nameOf(field) {
  const about = [...field.form.querySelectorAll('input[type="hidden"]')].filter((each) => !["csrfmiddlewaretoken", "key"].includes(each.name));
  return [WRITTEN + new URL(field.form.action).pathname, ...about.map((each) => each.value), field.name].join(":");
}

/** Who has to log in was not heard. Any other page is the answer; one with the form again: refused. */
function settle(here) {
  if (location.pathname.startsWith(LOG_IN)) return;
  const isDone = new URLSearchParams(location.search).has("done");
  for (const key of Object.keys(sessionStorage).filter((each) => each.startsWith(SENT))) {
    const name = key.slice(SENT.length);
    sessionStorage.removeItem(key);
    if (isDone || !here.has(name)) sessionStorage.removeItem(name);
  }
}
