// Where the script stands: what the merchant's tag says, and what is kept between two pages.
const tag = document.currentScript || document.querySelector('script[data-site][src*="/widget.js"]');

export const site = tag?.dataset.site || "";
export const live = (tag?.dataset.live || LIVE_URL).replace(/\/+$/, "");
export const language = chosenLanguage();
export const words = WORDS[language];

function chosenLanguage() {
  const said = tag?.dataset.lang || document.documentElement.lang || navigator.language || "zh";
  return said.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** The text under `key`, with its {facts} filled in. */
export function say(key, facts = {}) {
  return (words[key] || key).replace(/\{(\w+)\}/g, (all, name) => facts[name] ?? all);
}

/** An address that the merchant gave, if it leads to a page. */
export function pageAddress(given) {
  if (!given) return null;
  try {
    const address = new URL(given, document.baseURI);
    return /^https?:$/.test(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

export const privacyPage = pageAddress(tag?.dataset.privacy);

/** The merchant's colour, if white words can be read on it (contrast 4.5 and more). */
export function merchantColour() {
  const given = /^#([0-9a-f]{6})$/i.exec(tag?.dataset.color || "");
  if (!given) return null;
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = parseInt(given[1].slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) >= 4.5 ? given[0] : null;
}

// The shop's own storage; where it is closed to us, memory serves until the page is left.
const drawer = `pactdesk:${site}`;
let inMemory = null;

export function kept() {
  try {
    return JSON.parse(localStorage.getItem(drawer)) || {};
  } catch {
    return inMemory || {};
  }
}

export function keep(changes) {
  inMemory = { ...kept(), ...changes };
  try {
    localStorage.setItem(drawer, JSON.stringify(inMemory));
  } catch {
    // Private windows and full drawers: what we know lives as long as the page.
  }
}

/** Told when another page of the shop kept something. */
export function onKeptElsewhere(told) {
  addEventListener("storage", (event) => event.key === drawer && told());
}

/** A name for one thing to be done, so that doing it again does it once. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");
}
