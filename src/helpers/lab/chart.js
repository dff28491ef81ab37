// A chart whose marks are buttons: one stop for Tab, arrow keys go to the nearest mark, Enter or a click chooses it.
function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "pantau-bagan";
  el.append(box);

  function nearest(buttons, from, dx, dy) {
    const here = [parseFloat(from.style.left), parseFloat(from.style.top)];
    let best = null, least = Infinity;
    for (const button of buttons) {
      const x = parseFloat(button.style.left) - here[0], y = parseFloat(button.style.top) - here[1];
      const along = x * dx + y * dy, across = Math.abs(x * dy) + Math.abs(y * dx);
      if (button !== from && along > 0 && along + 3 * across < least) { least = along + 3 * across; best = button; }
    }
    return best;
  }

  function draw() {
    const had = box.contains(document.activeElement);
    box.replaceChildren();
    const picture = document.createElement("div");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", model.get("alt"));
    picture.innerHTML = model.get("svg"); // drawn by report.figures: words of offices are text there
    const places = document.createElement("div");
    places.className = "titik";
    places.setAttribute("role", "group");
    places.setAttribute("aria-label", model.get("petunjuk"));
    const chosen = model.get("pilihan"), marks = model.get("titik");
    const buttons = marks.map(mark => {
      const button = document.createElement("button");
      button.type = "button";
      button.style.left = `${100 * mark.x}%`;
      button.style.top = `${100 * mark.y}%`;
      button.setAttribute("aria-label", mark.nama);
      button.dataset.nama = mark.nama;
      if (mark.x > 0.6) button.classList.add("kiri");
      if (mark.sejenis) button.classList.add("sejenis");
      if (mark.kode === chosen) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => {
        model.set("pilihan", mark.kode);
        model.save_changes();
        // What was opened stands further up: a chart that only gets a ring looks as if nothing happened.
        box.closest(".jupyter-widgets.widget-vbox")?.scrollIntoView({ block: "start", behavior: "smooth" });
      });
      return button;
    });
    const first = Math.max(0, marks.findIndex(mark => mark.kode === chosen));
    buttons.forEach((button, at) => { button.tabIndex = at === first ? 0 : -1; });
    places.addEventListener("keydown", event => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way || !buttons.includes(event.target)) return;
      event.preventDefault();
      event.stopPropagation(); // JupyterLab would go to the next cell
      const next = nearest(buttons, event.target, ...way);
      if (next) { event.target.tabIndex = -1; next.tabIndex = 0; next.focus(); }
    });
    places.append(...buttons);
    box.append(picture, places);
    if (had && buttons.length) buttons[first].focus({ preventScroll: true });
  }

  for (const name of ["svg", "titik", "alt"]) model.on(`change:${name}`, soon);
  model.on("change:pilihan", soon);
  let waiting = false;
  function soon() { // several values change at once: one drawing
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  }
  draw();
}
export default { render };
