// One picture after another; after the last one the page is fetched anew. Without a network the old pictures go on,
// except those that are true today only.
"use strict";

const pause = Number(document.body.dataset.seconds) * 1000;
let today = until(document.querySelector("main"));

/** The moment until which "today" is true, on a clock that nobody sets. */
function until(main) {
  return performance.now() + Number(main.dataset.left) * 1000;
}

const isTrue = (slide) => !("today" in slide.dataset) || performance.now() < today;

function shown() {
  const slides = [...document.querySelectorAll(".slide")];
  return [slides, slides.findIndex((slide) => !slide.hidden)];
}

function show(slides, at) {
  slides.forEach((slide, place) => {
    slide.hidden = place !== at;
  });
}

async function refresh() {
  const response = await fetch(location.href, { cache: "no-store" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = page.querySelector("main[data-left]");
  if (!main) return;
  today = until(main);
  document.querySelector("main").replaceWith(main);
}

async function turn() {
  let [slides, at] = shown();
  let next = slides.findIndex((slide, place) => place > at && isTrue(slide));
  if (next < 0) {
    await refresh().catch(() => {});
    [slides] = shown();
    next = Math.max(slides.findIndex(isTrue), 0);
  }
  show(slides, next);
}

(async () => {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    await turn();
  }
})();
