// x chooses the row that has the focus; 1 to 5 say what the chosen look like, and go on to the reason; Escape comes back.
"use strict";
const boxes = () => [...document.querySelectorAll("[data-choose]")];
const told = document.querySelector("[data-chosen]");
let row = null;

function count() {
  if (!told) return;
  const many = boxes().filter((box) => box.checked).length;
  told.textContent = many ? `${many} ${told.dataset.some}` : told.dataset.none;
}

document.addEventListener("change", count);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.matches("[data-because]") && row) {
    row.focus();
    return;
  }
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing) return;
  const box = event.target.closest("tr")?.querySelector("[data-choose]");
  const answers = document.querySelector("[data-answers]");
  if (event.key === "x" && box) {
    box.checked = !box.checked;
    count();
  } else if (/^[1-5]$/.test(event.key) && answers) {
    if (box && !boxes().some((one) => one.checked)) box.checked = true;
    row = document.activeElement;
    answers.selectedIndex = Number(event.key);
    count();
    document.querySelector("[data-because]")?.focus();
  } else {
    return;
  }
  event.preventDefault();
});
count();
