// What this phone has counted this month (companion.js counts), on the page that shows it.
(() => {
  const [counted, used] = [document.getElementById("counted"), document.getElementById("used")];
  const show = () => {
    const bytes = Number(localStorage.data?.split(" ")[1]);
    if (!bytes) return;
    const written = String(Math.round(bytes / 1000));
    used.textContent = [...written].map((digit) => used.dataset.digits[digit]).join("");
    counted.hidden = false;
    document.getElementById("uncounted").hidden = true;
  };
  new PerformanceObserver(() => setTimeout(show)).observe({ type: "navigation" });
})();
