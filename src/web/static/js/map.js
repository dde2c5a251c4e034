// Pan, zoom and choose on the map of venues. Without this file the map is a picture of links, with the list beside it.
const SVG = "http://www.w3.org/2000/svg";
const CLOSEST = 16; // times the whole map
const STEP = 1.5;
const frame = document.querySelector("[data-map]");
const svg = frame?.querySelector("svg.map");
if (svg) start(svg.viewBox.baseVal.width, svg.viewBox.baseVal.height);

function start(width, height) {
  const view = { x: 0, y: 0, scale: 1 };
  const panel = document.querySelector("[data-chosen]");
  const fingers = new Map();
  let [chosen, known, dragged] = [null, null, false];

  // Shows the part of the map that `view` names, never beyond its edges. Marks and names keep their size.
  function show() {
    const [wide, high] = [width / view.scale, height / view.scale];
    view.x = Math.min(width - wide, Math.max(0, view.x));
    view.y = Math.min(height - high, Math.max(0, view.y));
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${wide} ${high}`);
    svg.style.setProperty("--zoom", String(1 / view.scale));
    svg.toggleAttribute("data-zoomed", view.scale > 1);
  }
  const units = () => width / view.scale / svg.clientWidth; // of the drawing, for a pixel
  const at = (x, y) => {
    const box = svg.getBoundingClientRect();
    return [view.x + (x - box.left) * units(), view.y + (y - box.top) * units()];
  };
  const middle = () => [view.x + width / view.scale / 2, view.y + height / view.scale / 2];

  function zoom(factor, [x, y]) {
    const before = view.scale;
    view.scale = Math.min(CLOSEST, Math.max(1, view.scale * factor));
    const kept = before / view.scale;
    pan((x - view.x) * (1 - kept), (y - view.y) * (1 - kept));
  }

  function pan(x, y) {
    [view.x, view.y] = [view.x + x, view.y + y];
    show();
  }

  function choose(link) {
    chosen?.firstElementChild.classList.remove("chosen");
    chosen = link;
    chosen.firstElementChild.classList.add("chosen");
    if (!panel) return;
    const { name, code } = link.dataset;
    const about = link.getAttribute("aria-label").slice(name.length + 2);
    panel.querySelector("[data-name]").textContent = name;
    panel.querySelector("[data-about]").textContent = about;
    panel.querySelector("[data-open]").href = link.getAttribute("href");
    const book = panel.querySelector("[data-book]");
    if (book) book.href = `${book.pathname}?${new URLSearchParams({ lokasi: code })}`;
  }

  svg.addEventListener("wheel", (event) => {
    const out = event.deltaY > 0;
    if (out && view.scale === 1) return; // nothing to zoom out of: the page scrolls
    event.preventDefault();
    zoom(out ? 1 / STEP : STEP, at(event.clientX, event.clientY));
  }, { passive: false });

  svg.addEventListener("pointerdown", (event) => {
    [known, dragged] = [chosen, false];
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  window.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    if (others.length === 0 && !dragged && Math.hypot(dx, dy) < 4) return;
    dragged = true;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (others.length === 0) return pan(-dx * units(), -dy * units());
    const [x, y] = others[0];
    const before = Math.hypot(last[0] - x, last[1] - y);
    const after = Math.hypot(event.clientX - x, event.clientY - y);
    if (before > 0) zoom(after / before, at((x + event.clientX) / 2, (y + event.clientY) / 2));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  svg.addEventListener("dragstart", (event) => event.preventDefault());

  // A first press tells what the mark is, a second one, or Enter, opens it.
  svg.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (dragged) event.preventDefault();
    else if (link && event.detail > 0 && link !== known) {
      event.preventDefault();
      choose(link);
    }
  });
  svg.addEventListener("focusin", (event) => event.target.matches("a") && choose(event.target));
  svg.addEventListener("pointerover", (event) => {
    const link = event.target.closest("a");
    if (!link || link.querySelector("title")) return;
    link.append(document.createElementNS(SVG, "title"));
    link.lastChild.textContent = link.getAttribute("aria-label");
  });

  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const move = moves[event.key];
    if (move && view.scale > 1) pan(move[0] * width / view.scale / 8, move[1] * height / view.scale / 8);
    else if (event.key === "+" || event.key === "=") zoom(STEP, middle());
    else if (event.key === "-" || event.key === "−") zoom(1 / STEP, middle());
    else return;
    event.preventDefault();
  });
  frame.addEventListener("click", (event) => {
    const by = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (by) zoom({ in: STEP, out: 1 / STEP, all: 1 / CLOSEST }[by], middle());
  });
  svg.tabIndex = 0;
  for (const control of frame.querySelectorAll("[data-controls]")) control.hidden = false;
}
