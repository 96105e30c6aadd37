// A word that goes away again.
export function toast(words, tone) {
  if (!words) return;
  const box = document.querySelector("[data-toasts]");
  const note = document.createElement("div");
  note.className = `notice ${tone}`;
  const line = document.createElement("p");
  line.textContent = words;
  note.append(document.createElement("span"), line);
  box.replaceChildren(note);
  setTimeout(() => note.remove(), 8000);
}
