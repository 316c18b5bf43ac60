// Leave quickly: blank at once, and locked where there is a lock; then a neutral page that takes this
// one's place in the history. A page that comes back from the browser's memory is fetched anew, so that
// nothing stays readable.
(() => {
  const leave = document.querySelector("[data-leave]");
  let presses = 0;
  const go = () => {
    document.documentElement.classList.add("blank");
    if (document.documentElement.dataset.idle) navigator.sendBeacon?.("/lock/closings");
    location.replace(leave.href);
  };
  leave?.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  // Three presses of Shift, never Escape: that one closes other things.
  addEventListener("keyup", (event) => {
    presses = event.key === "Shift" ? presses + 1 : 0;
    if (presses === 3 && leave) go();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.documentElement.classList.add("blank");
    location.reload();
  });
  // When a part of the page came anew, the focus goes to what it has to say, not to nowhere.
  document.addEventListener("htmx-after-swap", ({ detail }) => {
    const part = document.getElementById(detail.ctx.target.id);
    // Where it may not be taken from what she is writing, the part says so.
    if (!part || part.matches("[data-still], :empty") || part.contains(document.activeElement)) return;
    const there = ["[role=alert]", "[aria-invalid=true]", "[role=status], [data-then]", "h2"]
      .map((what) => part.querySelector(what))
      .find(Boolean) ?? part;
    if (there.tabIndex < 0) there.tabIndex = -1;
    there.focus();
  });
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
