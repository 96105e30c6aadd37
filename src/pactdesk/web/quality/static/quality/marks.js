// Reasons and quotes stand open only where points are lost; without this script they always do.
for (const item of document.querySelectorAll("fieldset[data-most]")) {
  const points = item.querySelector("input[type=number]");
  const show = () => {
    const isLost = points.value === "" || Number(points.value) < Number(item.dataset.most);
    for (const part of item.querySelectorAll("[data-lost]")) part.hidden = !isLost;
  };
  points.addEventListener("input", show);
  show();
}
