// Tables that stand as cards on a phone: each cell knows the name of its column.
export function labelCells() {
  for (const table of document.querySelectorAll("table.stacks")) label(table);
  document.addEventListener("htmx:afterSwap", () => {
    for (const table of document.querySelectorAll("table.stacks:not([data-labelled])")) label(table);
  });
}

function label(table) {
  const names = [...table.querySelectorAll("thead th")].map((each) => each.textContent.trim());
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.children].forEach((cell, at) => { cell.dataset.label = names[at] ?? ""; });
  }
  table.dataset.labelled = "";
}
