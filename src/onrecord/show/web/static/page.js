// Comfort only: every page works without this. Keys in the review queue, a button that copies a citation, and the
// state of the reader's switches while one reads on. No request is made from here.
"use strict";

function copyButtons() {
  for (const text of document.querySelectorAll(".cites pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => {
      const said = () => { button.textContent = "Copied"; };
      const chosen = () => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const selection = window.getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
        button.textContent = "Marked: copy with your keys";
      };
      if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(said, chosen);
      else chosen();
    });
    text.after(button);
  }
}

function reviewKeys() {
  const cards = [...document.querySelectorAll(".card.review")];
  if (!cards.length) return;
  document.querySelector(".keys")?.removeAttribute("hidden");
  let at = -1;
  const go = (to) => {
    at = Math.max(0, Math.min(cards.length - 1, to));
    cards[at].focus();
    cards[at].scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, button")) return;
    const card = cards[at];
    const press = (selector) => { card?.querySelector(selector)?.click(); };
    const keys = {
      j: () => go(at + 1),
      k: () => go(at - 1),
      r: () => press('button[value="right"]'),
      w: () => press('button[value="wrong"]'),
      f: () => press("a.button-like"),
      o: () => press(".words a, h3 a"),
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
}

function rememberSwitches() {
  for (const box of document.querySelectorAll('.key input[type="checkbox"]')) {
    const name = "onrecord-" + box.id;
    try {
      const kept = sessionStorage.getItem(name);
      if (kept !== null) box.checked = kept === "1";
      box.addEventListener("change", () => sessionStorage.setItem(name, box.checked ? "1" : "0"));
    } catch { return; }
  }
}

copyButtons();
reviewKeys();
rememberSwitches();
