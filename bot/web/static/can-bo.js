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

// A talk looks for new messages by itself; what is being typed, and what was unfolded, is left alone.

const EVERY = 10_000; // milliseconds
const talk = document.querySelector("[data-news]");

/** Only the messages that differ are put in: a reader keeps his place, and hears nothing twice. */
function showLines(fresh) {
  const isAtEnd = talk.getBoundingClientRect().bottom <= innerHeight;
  fresh.forEach((line, at) => {
    const shown = talk.children[at];
    if (!shown) talk.append(line);
    else if (shown.textContent !== line.textContent) shown.replaceWith(line);
  });
  if (isAtEnd) talk.lastElementChild?.scrollIntoView({ block: "nearest" });
}

async function fetchLines() {
  if (document.hidden) return;
  const response = await fetch(talk.dataset.news, { redirect: "error" }); // a session that has ended leads away
  if (response.status !== 200) return;
  const lines = document.createElement("template");
  lines.innerHTML = await response.text();
  showLines([...lines.content.children]);
}

let looking = false; // two looks at a time would both append the same message

async function look() {
  if (looking) return;
  looking = true;
  await fetchLines().catch(() => {}); // without a network the next look is soon enough
  looking = false;
}

if (talk) {
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look); // who comes back to the page reads at once
}
