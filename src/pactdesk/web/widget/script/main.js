// Puts the widget on the page, in a shadow of its own: the shop's styles and ours never meet.
import { Panel } from "./panel.js";
import { language, site } from "./place.js";

function begin() {
  if (!site || document.querySelector("pactdesk-chat")) return;
  const host = document.createElement("pactdesk-chat");
  host.lang = language === "zh" ? "zh-CN" : "en";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  document.body.append(host);
  new Panel(root);
}

if (document.body) begin();
else addEventListener("DOMContentLoaded", begin);
