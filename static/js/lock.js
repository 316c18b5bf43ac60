// The lock of a phone that others use too. The server hears of it while she writes; when nobody did
// anything for as long as she chose, the page gives way to the lock. What is half written stays under
// it, out of sight, and is there again after her PIN.
(() => {
  const root = document.documentElement;
  const idle = 1000 * root.dataset.idle;
  let [used, told, isLocked] = [Date.now(), Date.now(), false];

  const isWritten = (field) => field.type !== "hidden" && field.value !== field.defaultValue;
  const isHalfDone = () =>
    document.querySelector('.wrong-all, .kept, audio[src^="blob:"]') ||
    [...document.querySelectorAll("input, textarea")].some(isWritten);

  const open = () => {
    document.querySelector("main.lock")?.remove();
    document.body.classList.remove("locked");
    root.classList.remove("blank");
    [used, told, isLocked] = [Date.now(), Date.now(), false];
    document.dispatchEvent(new Event("visibilitychange")); // she is back: what waited goes on
  };

  const cover = (html) => {
    const lock = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    lock.className = "lock";
    lock.removeAttribute("id");
    document.querySelector("main.lock")?.remove();
    document.body.append(lock);
    document.body.classList.add("locked");
    root.classList.remove("blank");
    lock.querySelector("[name=pin_now]")?.focus();
  };

  const close = async () => {
    isLocked = true;
    root.classList.add("blank");
    if (!isHalfDone()) return location.replace(location.pathname + location.search);
    const answer = await fetch("/lock/signs", { headers: { "HX-Request": "true" } }).catch(() => null);
    // She may have used another page meanwhile. Without a line, it stays blank until there is one.
    if (answer?.status === 204) return open();
    if (answer?.status === 401) return cover(await answer.text());
    isLocked = false;
  };

  const look = () => !isLocked && !document.hidden && Date.now() - used >= idle && close();

  const use = () => {
    if (isLocked || look()) return;
    used = Date.now();
    if (used - told < Math.min(60_000, idle / 4)) return;
    told = used;
    fetch("/lock/signs", { method: "POST" }).catch(() => {});
  };
  ["pointerdown", "keydown", "wheel"].forEach((what) => addEventListener(what, use, { capture: true, passive: true }));

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("main.lock") || form.getAttribute("action") !== "/lock/openings") return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") open();
    else if (answer) cover(await answer.text());
  });

  // The picture that the phone keeps of an app in the background shows nothing.
  document.addEventListener("visibilitychange", () => {
    root.classList.toggle("blank", document.hidden);
    look();
  });
  addEventListener("online", look);
  setInterval(look, 5_000);
})();
