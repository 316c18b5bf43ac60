// Leave quickly: blank at once, then a neutral page that takes this one's place in the history.
// A page that comes back from the browser's memory is fetched anew, so that nothing stays readable.
(() => {
  const leave = document.querySelector("[data-leave]");
  let presses = [];
  const go = () => {
    document.documentElement.classList.add("blank");
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
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  const look = (there) => {
    if (there.tabIndex < 0) there.tabIndex = -1;
    there.focus();
  };
  // A refused form says so first, also where the whole page came anew.
  const refused = document.querySelector("main [role=alert]");
  if (refused) look(refused);
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
    if (news || isLost) look(news ?? first("[role=status]", "h1", "h2") ?? part);
  };
  if (window.htmx) htmx.registerExtension("focus", { htmx_after_swap: goOn });
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
