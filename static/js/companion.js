// Leave quickly: blank at once, and locked where there is a lock; then a neutral page that takes this
// one's place in the history. A page that comes back from the browser's memory is fetched anew, so that
// nothing stays readable.
(() => {
  const { documentElement: root } = document;
  const leave = document.querySelector("[data-leave]");
  let presses = [];
  const go = () => {
    root.classList.add("blank");
    if (root.dataset.idle) navigator.sendBeacon?.("/lock/closings");
    document.title = " ";
    location.replace(leave.href);
  };
  leave?.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  // Three presses of Shift within two seconds, never Escape: that one closes other things.
  addEventListener("keyup", ({ key, timeStamp }) => {
    presses = key === "Shift" ? [...presses.slice(-2), timeStamp] : [];
    if (presses.length === 3 && timeStamp - presses[0] < 2000 && leave) go();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    root.classList.add("blank");
    location.reload();
  });
  const focus = (there) => {
    if (there.tabIndex < 0) there.tabIndex = -1;
    there.focus();
  };
  // A refused form says so first, also where the whole page came anew.
  const refused = document.querySelector("main [role=alert]");
  if (refused) focus(refused);
  // When a part of the page came anew, the focus goes to what it has to say, not to nowhere.
  // Not by its event: that is lost where the button that was pressed went with the old part.
  const goOn = (_, { ctx }) => {
    // An answer that chooses its own place names it.
    const { target } = ctx;
    const part = target?.id ? document.getElementById(target.id) : document.querySelector(target);
    // Where it may not be taken from what she is writing, the part says so.
    if (!part || part.matches("[data-still], :empty")) return;
    const first = (...whats) => whats.map((what) => part.querySelector(what)).find(Boolean);
    const news = first("[role=alert]", "[aria-invalid=true]", "[data-then]");
    const here = document.activeElement;
    const isLost = here === document.body || !part.contains(here);
    if (news || isLost) focus(news ?? first("[role=status]", "h1", "h2") ?? part);
  };
  if (window.htmx) htmx.registerExtension("focus", { htmx_after_swap: goOn });
  // What she may need without a line is kept on the phone, and fetched when the page has all that it
  // needs itself. Where nobody is signed in (the name is empty), nothing stays. What she says on the
  // pages of her journey may change her card at once, so it is looked at then; else once a day.
  const { serviceWorker, connection } = navigator;
  const { owner } = root.dataset;
  // Where every byte counts, other scripts look here too.
  if (connection?.saveData || /2g/.test(connection?.effectiveType)) root.dataset.poor = "";
  const keep = async () => {
    if (owner) await serviceWorker.register("/service-worker.js");
    const { active } = await serviceWorker.ready;
    const isDue = /^\/(call|journey|reading)/.test(location.pathname);
    active.postMessage({ owner, lang: root.lang, isDue, isPoor: "poor" in root.dataset });
  };
  if (owner !== undefined && serviceWorker?.controller) keep();
  else if (owner && serviceWorker) addEventListener("load", () => setTimeout(keep, 3000));
  // What she wrote without a line waits in the worker, which is asked to send it whenever there may be
  // a line again. Her own is counted here.
  const box = document.getElementById("outbox");
  let waits = !box;
  const again = () => document.hidden || serviceWorker?.controller?.postMessage({});
  if (box && serviceWorker) {
    serviceWorker.addEventListener("message", ({ data }) => {
      if (!data.waiting) return;
      waits = data.waiting.length > 0;
      const own = data.waiting.filter(({ by }) => by === box.dataset.mark).length;
      box.querySelector("b").textContent = own;
      box.hidden = !own;
    });
    addEventListener("online", again);
    document.addEventListener("visibilitychange", again);
  }
  // Signing out leaves what still waits: it is locked, and sent when its writer is here again.
  document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", ({ target }) => {
    target.elements.waits.disabled = !waits;
  });
  // To be put on a home screen is offered on a page of its own, never by the browser's banner.
  addEventListener("beforeinstallprompt", (event) => event.preventDefault());
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  // What came over the line this month, on her own pages: counted here, kept here, sent nowhere. In
  // a browser that does not tell, it is no number, and is not shown. Of a page that came through the
  // worker, the browser tells the size unpacked: how much came, the server says (300 for headers).
  const cost = ({ transferSize, workerStart, serverTiming: [told] = [] }) =>
    (transferSize && workerStart && told ? told.duration + 300 : transferSize);
  const count = (list) => {
    const month = new Date().toISOString().slice(0, 7);
    const [kept, bytes] = (localStorage.data ?? "").split(" ");
    const came = list.getEntries().reduce((sum, each) => sum + cost(each), 0);
    const all = came + (kept === month ? Number(bytes) : 0);
    localStorage.data = `${month} ${all}`;
    const used = document.getElementById("used");
    if (!used || !all) return;
    used.textContent = [...Math.round(all / 1000).toString()].map((digit) => used.dataset.digits[digit]).join("");
    used.closest("section").hidden = false;
    document.getElementById("uncounted").hidden = true;
  };
  if (owner === "") localStorage.removeItem("data");
  // What she kept for reading without a line goes when she does not want it, or is not here.
  if (owner !== undefined && !("reads" in root.dataset)) window.indexedDB?.deleteDatabase("reading");
  if (owner && window.PerformanceObserver) {
    // The page itself is told of once it is here: what was noted before is the same again.
    new PerformanceObserver(count).observe({ type: "navigation" });
    new PerformanceObserver(count).observe({ type: "resource", buffered: true });
  }
})();
