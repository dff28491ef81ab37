// A place to drop a file on, or to choose one: sent in pieces, because a server refuses messages that are too long.
const PIECE = 1 << 20;

function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "pantau-unggah";
  const label = document.createElement("label"); // the browser's own button speaks the browser's language
  const input = document.createElement("input");
  input.type = "file";
  input.accept = model.get("jenis");
  const button = document.createElement("span");
  button.className = "jupyter-button";
  button.textContent = "Pilih berkas";
  label.append(input, document.createTextNode(model.get("petunjuk")), button);
  const state = document.createElement("div");
  state.setAttribute("role", "status");
  box.append(label, state);
  el.append(box);

  async function take(file) {
    if (!file) return;
    if (file.size > model.get("terbesar")) {
      model.send({ besar: file.name });
      return;
    }
    const count = Math.max(1, Math.ceil(file.size / PIECE));
    const id = `${Date.now()}-${Math.random()}`;
    try {
      for (let at = 0; at < count; at++) {
        state.textContent = `Mengirim ${file.name}: ${Math.round(100 * at / count)} persen`;
        const piece = await file.slice(at * PIECE, (at + 1) * PIECE).arrayBuffer();
        model.send({ id, nama: file.name, bagian: at, jumlah: count }, undefined, [piece]);
      }
      state.textContent = "";
    } catch { // open in another program, or gone meanwhile
      state.textContent = "";
      model.send({ rusak: file.name });
    }
    input.value = ""; // the same file may be chosen again once it is mended
  }

  input.addEventListener("change", () => take(input.files[0]));
  for (const kind of ["dragenter", "dragover"]) box.addEventListener(kind, event => {
    event.preventDefault();
    event.stopPropagation();
    box.classList.add("atas");
  });
  box.addEventListener("dragleave", () => box.classList.remove("atas"));
  box.addEventListener("drop", event => { // JupyterLab would put the file among its own
    event.preventDefault();
    event.stopPropagation();
    box.classList.remove("atas");
    const files = event.dataTransfer.files;
    const entry = event.dataTransfer.items[0]?.webkitGetAsEntry?.();
    if (!files.length) model.send({ bukan: true }); // text or a link
    else if (files.length > 1) model.send({ banyak: files.length });
    else if (entry?.isDirectory) model.send({ folder: files[0].name });
    else take(files[0]);
  });
}
export default { render };
