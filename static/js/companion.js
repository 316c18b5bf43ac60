// Leave quickly: blank at once, then a neutral page that takes this one's place in the history.
// A page that comes back from the browser's memory is fetched anew, so that nothing stays readable.
(() => {
  const leave = document.querySelector("[data-leave]");
  let presses = 0;
  const go = () => {
    document.documentElement.classList.add("blank");
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
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
