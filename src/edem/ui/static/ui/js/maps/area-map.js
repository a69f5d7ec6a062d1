/* <area-map>: areas and a place on a map; with `data-draws` (the name of a field of its form) also drawn by hand into it as GeoJSON. */
import { drawMap, sign, token } from "ui/maps/drawing"

const MOST_HANDLES = 80
const none = { type: "FeatureCollection", features: [] }
const cornersIn = value => !value?.length ? [] : Array.isArray(value[0]) ? value.flatMap(cornersIn) : [value]

customElements.define("area-map", class extends HTMLElement {
  async connectedCallback() {
    if (this.map || this.starting) return
    this.field ??= this.dataset.draws && this.closest("form").elements[this.dataset.draws]
    const field = this.field && this.field.closest(".field")
    if (field && field.nextElementSibling !== this) return field.after(this) // beside what it writes; this is called again there
    this.starting = true
    if ("lazy" in this.dataset) await seen(this)
    this.frame = Object.assign(document.createElement("div"), { className: "map" })
    if (this.field) this.append(this.tools(), this.status())
    this.append(this.frame)
    const shapes = this.shapes(), place = this.place(), drawn = this.read()
    const all = [...cornersIn(shapes.features.map(({ geometry }) => geometry.coordinates)), ...cornersIn(drawn?.coordinates), ...(place ? [place] : [])]
    try {
      const view = place && !shapes.features.length ? { lon: place[0], lat: place[1], zoom: 16 } : undefined
      const { map, library } = await drawMap(this.frame, { view, bounds: around(all) ?? JSON.parse(this.dataset.bounds || "null") ?? undefined, cooperativeGestures: !this.field })
      Object.assign(this, { map, library, handles: [] })
    } catch { this.hidden = true; return } // no WebGL: the words and the field say the same
    this.layer("shapes", shapes, "--ink-2")
    this.layer("drawn", none, "--accent")
    if (place) this.point(place)
    if (this.field) this.edits(drawn)
    this.dataset.ready = ""
  }
  disconnectedCallback() { this.map?.remove() }

  shapes() {
    const told = document.getElementById(this.dataset.shapes)
    const shapes = told ? JSON.parse(told.textContent) : []
    return { ...none, features: shapes.map(({ area, name }) => ({ type: "Feature", properties: { name }, geometry: area })) }
  }
  place() {
    const [lat, lon] = (this.dataset.place ?? "").split(",").map(parseFloat)
    return Number.isFinite(lat) && Number.isFinite(lon) ? [lon, lat] : null
  }
  layer(id, data, colour) {
    const paint = token(colour)
    this.map.addSource(id, { type: "geojson", data })
    this.map.addLayer({ id, type: "fill", source: id, paint: { "fill-color": paint, "fill-opacity": 0.14 }, filter: ["==", ["geometry-type"], "Polygon"] })
    this.map.addLayer({ id: `${id}-edge`, type: "line", source: id, paint: { "line-color": paint, "line-width": 2 } })
  }
  point(place) {
    this.map.addImage("here", sign(this.dataset.shape ?? "●", token(`--${this.dataset.tone || "accent"}`)), { pixelRatio: 2 })
    this.map.addSource("here", { type: "geojson", data: { type: "Point", coordinates: place } })
    this.map.addLayer({ id: "here", type: "symbol", source: "here", layout: { "icon-image": "here", "icon-allow-overlap": true } })
  }

  /* ---- drawing */
  edits(drawn) {
    const [ring, ...more] = drawn?.type === "Polygon" ? drawn.coordinates : drawn?.type === "MultiPolygon" && drawn.coordinates.length === 1 ? drawn.coordinates[0] : []
    if (ring && !more.length && ring.length <= MOST_HANDLES) this.corners = ring.slice(0, -1)
    else { this.corners = []; if (drawn) this.map.getSource("drawn").setData(drawn) } // too fine for fingers: shown, and drawn anew if wished
    this.handle()
    if (this.corners.length) this.show()
    this.map.on("click", ({ lngLat }) => this.add(lngLat))
    this.field.addEventListener("change", () => { this.edits(this.read()); this.show({ writes: false }) })
  }
  add({ lng, lat }) { this.corners.push([+lng.toFixed(6), +lat.toFixed(6)]); this.changed() }
  changed() { this.handle(); this.show(); this.write() }
  handle() {
    for (const handle of this.handles) handle.remove()
    this.handles = this.corners.map((corner, place) => {
      const handle = new this.library.Marker({ draggable: true, scale: 0.7, color: token("--accent") }).setLngLat(corner).addTo(this.map)
      handle.on("dragend", () => { const { lng, lat } = handle.getLngLat(); this.corners[place] = [+lng.toFixed(6), +lat.toFixed(6)]; this.changed() })
      return handle
    })
  }
  show() {
    const { corners } = this
    if (!corners.length && this.read()) return
    const geometry = corners.length > 2 ? { type: "Polygon", coordinates: [[...corners, corners[0]]] } : { type: "LineString", coordinates: corners }
    this.map.getSource("drawn").setData(corners.length > 1 ? geometry : none)
  }
  write() {
    const { corners } = this
    this.field.value = corners.length > 2 ? JSON.stringify({ type: "Polygon", coordinates: [[...corners, corners[0]]] }) : ""
    this.says.textContent = this.dataset[corners.length > 2 ? "whole" : "few"].replace("{n}", corners.length)
  }
  read() {
    try {
      const value = JSON.parse(this.field?.value || "null")
      return value?.type === "Feature" ? value.geometry : value?.coordinates ? value : null
    } catch { return null } // the server says what is wrong with it
  }

  tools() {
    const bar = Object.assign(document.createElement("p"), { className: "cluster" })
    const button = (words, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words })
      made.dataset.tone = "quiet"
      made.addEventListener("click", () => this.map && act())
      return made
    }
    bar.append(
      button(this.dataset.here, () => this.add(this.map.getCenter())),
      button(this.dataset.back, () => { this.corners.pop(); this.changed() }),
      button(this.dataset.anew, () => { this.corners = []; this.map.getSource("drawn").setData(none); this.changed() }),
    )
    return bar
  }
  status() {
    this.says = Object.assign(document.createElement("p"), { textContent: this.dataset.help })
    this.says.setAttribute("role", "status")
    return this.says
  }
})

/* A closed part of a page asks the server for no map. */
function seen(element) {
  return new Promise(ready => new IntersectionObserver(([entry], watcher) => {
    if (entry.isIntersecting) { watcher.disconnect(); ready() }
  }).observe(element))
}

function around(corners) {
  if (!corners.length) return undefined
  const [lons, lats] = [0, 1].map(axis => corners.map(corner => corner[axis]))
  return [lons, lats].map(each => each.reduce((least, one) => Math.min(least, one))).concat([lons, lats].map(each => each.reduce((most, one) => Math.max(most, one))))
}
