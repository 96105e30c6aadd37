// The live door: every request goes here and nowhere else.
import { kept, keep, language, live } from "./place.js";

/** The door answered, and said no. */
export class Refused extends Error {
  constructor(status, told, wait) {
    super(told?.sentence || "");
    this.status = status;
    this.code = told?.error;
    this.wait = wait;
  }
}

const PATIENCE = 20_000;

/** The door's answer as JSON; throws Refused, or another error when nobody answered. */
export async function ask(path, { method = "GET", body } = {}) {
  const headers = { "Accept-Language": language === "zh" ? "zh-CN" : "en" };
  const { token } = kept();
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(live + path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: stop.signal,
    });
    const told = response.status === 204 ? {} : await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(response.status, told, +response.headers.get("Retry-After") || 0);
    if (told.token) keep({ token: told.token });
    return told;
  } finally {
    clearTimeout(timer);
  }
}

/** Sends a picture; `progress` hears the share that is under way, 0 to 1. */
export function sendPicture(path, file, key, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("key", key);
    form.append("file", file, "picture");
    request.open("POST", live + path);
    request.setRequestHeader("Authorization", `Bearer ${kept().token}`);
    request.setRequestHeader("Accept-Language", language === "zh" ? "zh-CN" : "en");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300) resolve(request.response || {});
      else reject(new Refused(request.status, request.response, +request.getResponseHeader("Retry-After") || 0));
    };
    request.onerror = request.ontimeout = () => reject(new TypeError("network"));
    request.timeout = 120_000;
    request.send(form);
  });
}

/** A picture's bytes; the token stays out of the address. */
export async function fetchPicture(id) {
  const response = await fetch(`${live}/v1/pictures/${id}`, {
    headers: { Authorization: `Bearer ${kept().token}` },
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
  if (!response.ok) throw new Refused(response.status);
  return response.blob();
}

/**
 * The stream of what happens. After each connection `connected` runs and fetches what was missed;
 * the browser sends the last event's id again by itself.
 */
export function listen({ connected, lost, heard }) {
  let source = null;
  let timer = 0;
  let tries = 0;

  function open() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`${live}/v1/stream?ticket=${encodeURIComponent(kept().token)}`);
    source.onopen = () => {
      tries = 0;
      connected();
    };
    source.onerror = () => {
      lost();
      if (source.readyState === EventSource.CLOSED) again();
    };
    for (const kind of ["message", "typing", "state"]) {
      source.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data)));
    }
  }

  function again() {
    clearTimeout(timer);
    // Waits longer each time, and not in step with everybody else who lost the door.
    timer = setTimeout(open, Math.min(30_000, 1000 * 2 ** tries++) * (0.7 + Math.random() * 0.6));
  }

  open();
  return {
    renew: open,
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}
