// Clocks count down in service time. The server says where they stand; this only goes on counting.

/** Milliseconds of service time from `now` to `due`: as values.service_time_left. */
export function serviceTimeLeft(now, due, hours) {
  return hours.reduce((sum, [start, end]) => sum + Math.max(Math.min(end, due) - Math.max(start, now), 0), 0);
}

/** A duration as on a clock's face: as words.duration_text. */
export function durationText(milliseconds) {
  const seconds = Math.ceil(Math.max(milliseconds, 0) / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const face = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${face}` : face;
}

/** "start-end,start-end" as pairs of numbers. */
export function readHours(text) {
  return text ? text.split(",").map((pair) => pair.split("-").map(Number)) : [];
}

const SOON_MS = 60_000;
// Time since the page was loaded, by a clock that nobody can set.
const seenAt = new WeakMap();

function tick(clock) {
  if (!seenAt.has(clock)) seenAt.set(clock, performance.now());
  const now = Number(clock.dataset.now) + (performance.now() - seenAt.get(clock));
  const hours = readHours(clock.dataset.hours);
  if (clock.dataset.over !== undefined) {
    // Late and still open: it gets later while the desk is open.
    const over = Number(clock.dataset.over) + serviceTimeLeft(Number(clock.dataset.now), now, hours);
    show(clock.querySelector("time"), durationText(over));
    return;
  }
  const left = serviceTimeLeft(now, Number(clock.dataset.due), hours);
  const isOpen = hours.some(([start, end]) => start <= now && now < end);
  const isSoon = left <= SOON_MS && isOpen;
  const key = left <= 0 ? "due" : isSoon ? "soon" : isOpen ? "running" : "closed";
  clock.dataset.state = key === "closed" ? "closed" : "running";
  clock.toggleAttribute("data-soon", key === "soon" || key === "due");
  show(clock.querySelector("time"), durationText(left));
  show(clock.querySelector(".clock-words"), clock.dataset[`words${key[0].toUpperCase()}${key.slice(1)}`]);
  if (left <= 0 && !clock.hasAttribute("data-told")) {
    // Whether it was missed, only the server can say: the page may ask it now.
    clock.setAttribute("data-told", "");
    clock.dispatchEvent(new CustomEvent("clock:due", { bubbles: true }));
  }
}

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function startClocks() {
  const all = () => document.querySelectorAll("[data-clock]").forEach(tick);
  all();
  setInterval(all, 250);
}
