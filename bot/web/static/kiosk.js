// A turn without a new page (so the history holds nothing to go back to), and forgetting when nobody is there.
"use strict";

const WARNED = 15_000; // milliseconds of counting down, at most half of the time
const OFFLINE = "Chưa gửi được câu hỏi. Bạn thử lại, hoặc hỏi cán bộ tại quầy.";

const idle = Number(document.body.dataset.seconds) * 1000;
const warned = Math.min(WARNED, idle / 2);
const dialog = document.getElementById("con-lai");
let touched = Date.now();
let isAsking = false;

const part = (page, selector) => page.querySelector(selector);

function showTrouble(form, words) {
  part(form, ".trouble")?.remove();
  const trouble = document.createElement("p");
  trouble.className = "trouble";
  trouble.setAttribute("role", "alert");
  trouble.textContent = words;
  form.append(trouble);
}

async function ask(form, button) {
  if (isAsking) return;
  isAsking = true;
  const data = new FormData(form, button);
  if (button?.dataset.asks) data.set("text", button.dataset.asks);
  try {
    const response = await fetch("/kiosk", { method: "POST", body: new URLSearchParams(data) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok) {
      const said = [...page.querySelectorAll("[data-trouble]")].map((each) => each.textContent.trim());
      showTrouble(form, said.join(" ") || OFFLINE);
      return;
    }
    part(document, "main").replaceWith(part(page, "main"));
    part(document, "#lai").replaceWith(part(page, "#lai"));
    document.title = page.title;
    scrollTo(0, 0);
    part(document, "main h1")?.focus({ preventScroll: true });
  } catch {
    showTrouble(form, OFFLINE);
  } finally {
    isAsking = false;
    touched = Date.now();
  }
}

/** The server forgets the conversation, the page begins anew in the place of this one. */
function beginAnew() {
  const form = document.getElementById("lai");
  const data = new FormData(form ?? undefined);
  if (form) navigator.sendBeacon("/kiosk/xoa", new URLSearchParams(data));
  const commune = data.get("xa");
  document.querySelectorAll("form").forEach((each) => each.reset());
  location.replace(commune ? `/kiosk?xa=${encodeURIComponent(commune)}` : "/kiosk");
}

const isUsed = () => part(document, "[data-turn], .trouble") !== null || document.getElementById("cau-hoi")?.value !== "";

function look() {
  const left = touched + idle - Date.now();
  if (!isUsed()) return;
  if (left <= 0) {
    beginAnew();
    return;
  }
  if (left > warned) return;
  document.getElementById("giay").textContent = Math.ceil(left / 1000);
  if (!dialog.open) dialog.showModal();
}

function stay() {
  touched = Date.now();
  if (dialog.open) dialog.close();
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.id === "lai") beginAnew();
  else ask(event.target, event.submitter);
});
for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) addEventListener(kind, stay, { passive: true });
document.getElementById("con").addEventListener("click", stay);
addEventListener("pageshow", (event) => event.persisted && location.reload()); // never a page from memory
setInterval(look, 1000);
