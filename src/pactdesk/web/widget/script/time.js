// How instants are written: messages in the visitor's own zone, service hours in the contract's.
import { language, say } from "./place.js";

const locale = language === "zh" ? "zh-CN" : "en-GB";

function write(ms, options, zone) {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(ms);
}

export const clockTime = (ms, zone) => write(ms, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, zone);

/** Days since 1970 of the date that the calendar on the wall shows there. */
function dayNumber(ms, zone) {
  const parts = new Intl.DateTimeFormat("en", { year: "numeric", month: "numeric", day: "numeric", timeZone: zone });
  const told = Object.fromEntries(parts.formatToParts(ms).map(({ type, value }) => [type, value]));
  return Date.UTC(told.year, told.month - 1, told.day) / 86_400_000;
}

export function dayName(ms, zone) {
  const away = dayNumber(ms, zone) - dayNumber(Date.now(), zone);
  const key = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[away];
  return key ? say(key) : write(ms, { month: "long", day: "numeric", weekday: "short" }, zone);
}

export const dayAndTime = (ms, zone) => say("day_time", { day: dayName(ms, zone), time: clockTime(ms, zone) });
