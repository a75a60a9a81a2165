// Everything here only makes nicer what already works without it: a turn without a new page, ticks that survive
// a reload, a list that narrows while one types, a button that prints.
"use strict";

const TOO_LARGE = "Ảnh này lớn quá. Bạn chụp lại riêng phần mã QR trên giấy tiếp nhận, hoặc gõ mã hồ sơ.";
const OFFLINE = "Chưa gửi được câu hỏi. Bạn xem lại mạng rồi bấm Hỏi lần nữa.";

function element(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup.trim();
  return template.content.firstElementChild;
}

// The conversation

const log = document.getElementById("tro-chuyen");

/** The question shows at once, but silently: the log reads it out together with its answer. */
function showWaiting(asked) {
  const turn = element(
    '<div class="turn waiting" aria-hidden="true"><p class="asked"></p><p class="answer">Đang tìm…</p></div>',
  );
  turn.firstElementChild.textContent = asked;
  log.after(turn);
  turn.scrollIntoView();
  return turn;
}

async function fetchTurn(form, data) {
  const address = new URL(form.getAttribute("action"), location.href); // form.action is a button of that name
  const response = await fetch(address.pathname, {
    method: "POST",
    headers: { "X-Fragment": "1" },
    body: form.enctype === "multipart/form-data" ? data : new URLSearchParams(data),
  });
  if (response.redirected) location.assign(response.url); // the conversation was forgotten
  const markup = await response.text();
  if (!response.ok) throw new Error(wordsOf(markup));
  return element(markup);
}

/** What an error page says, in one line. */
function wordsOf(markup) {
  const page = new DOMParser().parseFromString(markup, "text/html");
  return [...page.querySelectorAll("[data-trouble]")].map((part) => part.textContent.trim()).join(" ");
}

function showTurn(turn) {
  document.getElementById("moi-nhat")?.removeAttribute("id");
  log.append(turn);
  const events = document.getElementById("viec");
  events.open = false;
  events.firstElementChild.textContent = "Việc khác";
  document.querySelector(".welcome").classList.add("met");
  document.getElementById("xoa").hidden = false;
  turn.scrollIntoView();
}

function showTrouble(form, words) {
  const trouble = element('<p class="trouble" role="alert"></p>');
  trouble.textContent = words;
  form.append(trouble);
}

/** What the citizen says by a submit: the box, a question on a button, or the label of a choice. */
function askedBy(form, button) {
  if (form.elements.text instanceof HTMLTextAreaElement) return form.elements.text.value.trim();
  return button.dataset.asks ?? button.value;
}

const isTooLarge = (field) => field.files?.[0]?.size > Number(field.dataset.most);

async function ask(form, button) {
  const asked = askedBy(form, button);
  if (!asked || log.ariaBusy === "true") return;
  const box = document.getElementById("cau-hoi");
  const data = new FormData(form, button);
  data.set("text", asked);
  document.querySelectorAll(".trouble").forEach((trouble) => trouble.remove());
  if ([...form.elements].some(isTooLarge)) {
    showTrouble(form, TOO_LARGE);
    return;
  }
  log.ariaBusy = "true";
  const waiting = showWaiting(asked);
  if (form.contains(box)) box.value = "";
  try {
    const turn = await fetchTurn(form, data);
    waiting.remove();
    log.ariaBusy = "false";
    showTurn(turn);
    if (form.enctype === "multipart/form-data") form.reset();
    if (!form.contains(box)) turn.focus({ preventScroll: true }); // a tapped button is left behind, the box is not
  } catch (error) {
    waiting.remove();
    if (form.contains(box)) box.value = asked; // nothing typed is ever lost
    showTrouble(form, error instanceof TypeError ? OFFLINE : error.message);
  } finally {
    log.ariaBusy = "false";
  }
}

if (log) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-ask]")) return;
    event.preventDefault();
    ask(event.target, event.submitter);
  });
  document.getElementById("cau-hoi").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector(".send"));
  });
}

// What staff say to a question that waits for them

const EVERY = 10_000; // milliseconds

async function fetchReplies() {
  if (document.hidden || !log.querySelector("[data-waits]")) return;
  const response = await fetch(`/tin-moi?da_co=${log.querySelectorAll(".turn.staff").length}`);
  if (response.status !== 200) return;
  const turns = document.createElement("template");
  turns.innerHTML = await response.text();
  log.append(turns.content);
}

let looking = false; // two looks at a time would both show the same reply

async function look() {
  if (looking) return;
  looking = true;
  await fetchReplies().catch(() => {}); // without a network the next look is soon enough
  looking = false;
}

if (log) {
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look); // who comes back to the page reads at once
}

// The leaflet

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** Ticks stay until the browser is closed, on this device only. */
for (const box of document.querySelectorAll(".tick input")) {
  const key = `${location.pathname} ${box.name}`;
  box.checked = sessionStorage.getItem(key) === "1";
  box.addEventListener("change", () => sessionStorage.setItem(key, box.checked ? "1" : "0"));
}

// Lists that narrow while one types

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

for (const box of document.querySelectorAll("[data-narrows]")) {
  const rows = [...document.querySelectorAll(`#${box.dataset.narrows} > li`)];
  const texts = rows.map((row) => ` ${fold(row.textContent)}`);
  const count = document.getElementById(box.getAttribute("aria-controls"));
  box.addEventListener("input", () => {
    const wanted = fold(box.value);
    rows.forEach((row, at) => {
      row.hidden = !texts[at].includes(` ${wanted}`) && wanted !== "";
    });
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = shown ? `${shown} nơi.` : count.dataset.none;
  });
}
