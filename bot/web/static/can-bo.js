// Only makes nicer what works without it: copying a reply with one tap, and a word before typed text is left behind.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.select();
      document.execCommand("copy");
    }
    button.textContent = "Đã chép";
  });
}

let isTyped = false;

for (const form of document.querySelectorAll("form.sheet[method=post]")) {
  form.addEventListener("input", () => {
    isTyped = true;
  });
  form.addEventListener("submit", () => {
    isTyped = false;
  });
}

addEventListener("beforeunload", (event) => {
  if (isTyped) {
    event.preventDefault();
  }
});
