// The browser's own dialog for the home screen, where it has one: in a tap, and on this page alone.
(() => {
  const [offer, done] = ["offer", "done"].map((id) => document.getElementById(id));
  let dialog;
  addEventListener("beforeinstallprompt", (event) => {
    dialog = event;
    offer.hidden = false;
  });
  offer.addEventListener("click", () => {
    offer.hidden = true;
    dialog.prompt();
  });
  addEventListener("appinstalled", () => {
    offer.hidden = true;
    done.hidden = false;
  });
})();
