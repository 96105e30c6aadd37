// Who serves here, and when: asked for when the panel is opened, not before.
import { ask } from "./door.js";
import { language, say, site } from "./place.js";
import { dayAndTime } from "./time.js";

const FRESH = 60_000;

export class Hours {
  constructor(changed) {
    this.changed = changed;
    this.told = null;
    this.at = 0;
  }

  async refresh() {
    if (Date.now() - this.at < FRESH) return;
    this.at = Date.now();
    try {
      this.told = await ask(`/v1/sites/${encodeURIComponent(site)}`);
      this.problem = "";
      this.wakeAtOpening();
    } catch (problem) {
      this.at = 0;
      this.problem = problem.code ? problem.message : say("unreachable");
    }
    this.changed();
  }

  wakeAtOpening() {
    clearTimeout(this.waking);
    const rest = this.told.open ? 0 : this.told.opens_at_ms - Date.now();
    if (rest > 0 && rest < 86_400_000) this.waking = setTimeout(() => this.refresh(), rest + 1000);
  }

  get merchant() {
    return this.told?.merchant || "";
  }

  get isOpen() {
    return this.told?.open;
  }

  get text() {
    return this.told?.hours_text?.[language] || "";
  }

  get greeting() {
    const said = this.told?.greeting;
    return (typeof said === "string" ? said : said?.[language]) || "";
  }

  /** Outside of the hours: when somebody comes, and that the clock starts then. */
  get whenClosed() {
    if (!this.told || this.told.open) return "";
    const opens = this.told.opens_at_ms;
    return opens ? say("closed_until", { when: dayAndTime(opens, this.told.zone) }) : say("closed_now");
  }
}
