// The stream of the live door: opened with a ticket, opened again when it breaks. The protocol
// stands in docs/reference/live.md. Events may come twice: whoever takes them drops what it has.
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const EVENTS = ["message", "typing", "state", "opened"];

/** Takes events to `handlers`; of the stream itself it tells `open`, `lost`, and `again` after a gap. */
export function startStream(desk, handlers) {
  let ticket = null;
  let source = null;
  let wait = FIRST_WAIT;
  let wasOpen = false;

  async function fresh() {
    if (ticket && ticket.expires_ms - Date.now() > 60_000) return ticket;
    const answer = await fetch(desk.dataset.ticket, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error(`ticket: ${answer.status}`);
    ticket = await answer.json();
    return ticket;
  }

  async function open() {
    try {
      const { ticket: shown, live_url: live } = await fresh();
      source = new EventSource(`${live}/v1/stream?ticket=${encodeURIComponent(shown)}`);
    } catch {
      handlers.lost();
      later();
      return;
    }
    source.onopen = () => {
      desk.dataset.stream = "open";
      wait = FIRST_WAIT;
      if (wasOpen) handlers.again();
      else handlers.open();
      wasOpen = true;
    };
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => handlers[name](JSON.parse(event.data)));
    }
    source.onerror = () => {
      desk.dataset.stream = "lost";
      handlers.lost();
      // A ticket that is over would be refused for ever: a new stream, with a new one.
      source.close();
      later();
    };
  }

  function later() {
    setTimeout(open, wait + Math.random() * 500);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }

  async function call(path, body) {
    const { ticket: shown, live_url: live } = await fresh();
    const headers = { Authorization: `Bearer ${shown}`, "Content-Type": "application/json", "Accept-Language": document.documentElement.lang };
    return fetch(`${live}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  }

  if (desk.dataset.live) open();
  addEventListener("pagehide", () => source?.close());
  return { call };
}
