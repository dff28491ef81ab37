// What the widgets of the page need beside ipywidgets.
const TAKING_KEYS = "select, input, textarea, button, [tabindex]";
const OWN = "data-lm-suppress-shortcuts";

function render({ el }) {
  const lost = document.createElement("div"); // ipywidgets marks controls whose kernel is gone with an icon and no word
  lost.className = "pantau-kabar";
  lost.setAttribute("role", "alert");
  el.append(lost);

  function mend() {
    const gone = document.querySelector(".pantau-halaman .jupyter-widgets-disconnected") !== null;
    if (gone && !lost.firstChild) {
      const told = document.createElement("div");
      told.className = "salah";
      told.textContent = "✗ Perhatian: sambungan dengan program terputus; yang tampak di sini tidak lagi berubah. "
        + (document.body.dataset.voila ? "Muat ulang halaman ini di peramban (F5)." : "Tekan ▶▶ di bilah atas untuk memulai lagi.");
      lost.append(told);
    } else if (!gone && lost.firstChild) lost.replaceChildren();
  }

  function name() {
    mend();
    // JupyterLab takes keys for the notebook: an arrow in a list would go to the next cell, two "d" would delete this one.
    for (const control of document.querySelectorAll(`.pantau-halaman :is(${TAKING_KEYS}):not([${OWN}])`)) control.setAttribute(OWN, "true");
    // ipywidgets gives the handle of a slider no name: it gets that of the label that stands above it.
    for (const handle of document.querySelectorAll(".pantau-halaman .noUi-handle:not([aria-label])")) {
      const label = handle.closest(".widget-slider")?.querySelector(".widget-label");
      if (label?.textContent) handle.setAttribute("aria-label", label.textContent);
    }
  }
  let waiting = false;
  const observer = new MutationObserver(() => { // JupyterLab changes classes all the time: once a frame is enough
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; name(); });
  });
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["class"] });
  name();
  return () => observer.disconnect();
}
export default { render };
