// Files of the kernel as buttons: opened in a tab of the browser, or saved. Nothing of them lies on the web server.
function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "pantau-unduh";
  box.setAttribute("role", "group");
  el.append(box);
  const asked = new Map(); // by number of the request: pieces so far and the tab that waits

  function draw() {
    const had = document.activeElement?.dataset?.kunci;
    box.setAttribute("aria-label", model.get("petunjuk"));
    box.replaceChildren(...model.get("berkas").map(({ kunci, teks, buka }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "jupyter-button";
      button.dataset.kunci = kunci;
      button.textContent = teks;
      button.addEventListener("click", () => {
        const id = Math.random();
        // The tab is opened with the click: later the browser would take it for an advertisement.
        asked.set(id, { pieces: [], tab: buka ? window.open("", "_blank") : null });
        model.send({ id, kunci, dari: 0 });
      });
      return button;
    }));
    if (had) [...box.children].find(button => button.dataset.kunci === had)?.focus();
  }

  model.on("msg:custom", (told, buffers) => {
    const one = asked.get(told.id);
    if (!one) return; // another view of the same widget asked
    if (told.gagal) { one.tab?.close(); asked.delete(told.id); return; } // the notice says why
    one.pieces.push(buffers[0]);
    const length = one.pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
    if (length < told.panjang) { model.send({ id: told.id, kunci: told.kunci, dari: length }); return; }
    asked.delete(told.id);
    const url = URL.createObjectURL(new Blob(one.pieces, { type: told.jenis }));
    if (one.tab) one.tab.location = url;
    else {
      const link = document.createElement("a");
      link.href = url;
      link.download = told.nama;
      link.click();
    }
    setTimeout(() => URL.revokeObjectURL(url), 600000);
  });
  model.on("change:berkas", draw);
  draw();
}
export default { render };
