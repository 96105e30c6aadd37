// How instants are written, in the visitor's own zone.
import { language, say } from "./place.js";

const locale = language === "zh" ? "zh-CN" : "en-GB";
const write = (options) => new Intl.DateTimeFormat(locale, options);
const clock = write({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = write({ month: "long", day: "numeric", weekday: "short" });

export const clockTime = (ms) => clock.format(ms);

function daysFromNow(ms) {
  const midnight = (of) => new Date(of).setHours(0, 0, 0, 0);
  return Math.round((midnight(ms) - midnight(Date.now())) / 86_400_000);
}

export function dayName(ms) {
  const key = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[daysFromNow(ms)];
  return key ? say(key) : date.format(ms);
}

export const dayAndTime = (ms) => say("day_time", { day: dayName(ms), time: clockTime(ms) });
