// What the widgets of the page need beside ipywidgets.
const TAKING_KEYS = "select, input, textarea, button, [tabindex]";
const OWN = "data-lm-suppress-shortcuts";

function render({ el }) {
  function name() {
    // JupyterLab takes keys for the notebook: an arrow in a list would go to the next cell, two "d" would delete this one.
    for (const control of document.querySelectorAll(`.pantau-halaman :is(${TAKING_KEYS}):not([${OWN}])`)) control.setAttribute(OWN, "true");
    // ipywidgets gives the handle of a slider no name: it gets that of the label that stands above it.
    for (const handle of document.querySelectorAll(".pantau-halaman .noUi-handle:not([aria-label])")) {
      const label = handle.closest(".widget-slider")?.querySelector(".widget-label");
      if (label?.textContent) handle.setAttribute("aria-label", label.textContent);
    }
  }
  const observer = new MutationObserver(name);
  observer.observe(document.body, { childList: true, subtree: true });
  name();
  return () => observer.disconnect();
}
export default { render };
