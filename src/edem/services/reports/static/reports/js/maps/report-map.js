/* <report-map>: reports as signs and clusters. Few come at once into a worker, very many as tiles counted by the server. */
import { byWindows } from "reports/maps/windows"
import { drawMap, isStill, ring, sign, token } from "ui/maps/drawing"

const CLOSEST = 17
const OURS = "reports://"
const TONES = ["open", "accepted", "closed", "archive"]
const eighths = name => ["round", ["*", 8, ["/", ["coalesce", ["get", name], 0], ["get", "count"]]]]

customElements.define("report-map", class extends HTMLElement {
  async connectedCallback() {
    if (this.map || this.starting) return
    this.starting = true
    this.looks = JSON.parse(this.dataset.looks)
    this.card = this.querySelector("[data-card]")
    try {
      const bounds = this.dataset.bounds ? JSON.parse(this.dataset.bounds) : undefined
      this.tile = byWindows(new URL(this.dataset.windows, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}"))
      const { map, library } = await drawMap(this.querySelector(".map"), { view: this.asked(), bounds, transformRequest: url => this.foretell(url) })
      library.addProtocol("reports", async ({ url }) => ({ data: (await this.tile(url.slice(OURS.length))).slice(0) })) // the map keeps what it is given
      this.map = map
      this.pin = new library.Marker({ color: token("--accent") })
      document.querySelector("[data-map-hint]").hidden = false
    } catch { this.dataset.broken = ""; return } // no WebGL: the list is one link away
    this.map.setMissingStyleImageResolver(id => this.paint(id))
    this.showAreas()
    this.dataset.points ? this.showFew() : this.showMany()
    this.map.on("click", event => this.open(event))
    this.map.on("mousemove", event => { this.map.getCanvas().style.cursor = this.under(event.point).length ? "pointer" : "" })
    this.map.on("moveend", () => this.remember())
    this.remember()
  }
  disconnectedCallback() { this.worker?.terminate(); this.map?.remove() }

  /* Whose part of the community it is, when one organisation is chosen. */
  showAreas() {
    const told = document.getElementById(this.dataset.shapes)
    if (!told) return
    const features = JSON.parse(told.textContent).map(({ area }) => ({ type: "Feature", properties: {}, geometry: area }))
    this.map.addSource("areas", { type: "geojson", data: { type: "FeatureCollection", features } })
    this.map.addLayer({ id: "areas", type: "fill", source: "areas", paint: { "fill-color": token("--accent"), "fill-opacity": 0.12, "fill-outline-color": token("--accent") } })
  }

  /* ---- few: a worker gathers them */
  showFew() {
    this.map.addSource("reports", { type: "geojson", data: { type: "FeatureCollection", features: [] } })
    this.draw({ "icon-image": ["get", "image"] })
    this.worker = new Worker(this.dataset.worker)
    this.worker.onmessage = ({ data }) => this.answer(data)
    this.worker.postMessage({ library: this.dataset.gathering, points: new URL(this.dataset.points, location.href).href })
    this.map.on("moveend", () => this.ask())
  }
  ask() {
    const box = this.map.getBounds()
    this.worker.postMessage({ box: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()], zoom: Math.floor(this.map.getZoom() + 0.5) })
  }
  answer({ ready, features, zoom, at, ids }) {
    if (ready) { this.ask(); this.dataset.ready = "" }
    if (features) { this.map.getSource("reports").setData({ type: "FeatureCollection", features }); this.dataset.shown = features.length }
    if (at) this.go(at, Math.min(zoom, CLOSEST + 1))
    if (ids) this.read(ids)
  }

  /* ---- very many: the server has counted them for each tile */
  showMany() {
    this.map.addSource("reports", { type: "vector", tiles: [`${OURS}{z}/{x}/{y}`], maxzoom: CLOSEST })
    const whole = ["concat", "ring ", ["get", "count"], ...["open", "accepted", "closed", "archived"].flatMap(name => [" ", eighths(name)])]
    this.draw({ "icon-image": ["case", ["has", "count"], whole, ["concat", "look ", ["get", "state"]]] }, "reports")
    this.map.once("idle", () => { this.dataset.ready = "" })
  }

  /* All tiles of a window are named here before the first of them is read: one question for all. */
  foretell(url) {
    const name = url.startsWith(OURS) && url.slice(OURS.length)
    if (name && parseInt(name) <= CLOSEST) this.tile(name)
    return { url, credentials: "omit" }
  }

  draw(layout, layer) {
    this.map.addLayer({
      id: "reports", type: "symbol", source: "reports", ...(layer && { "source-layer": layer }),
      layout: { "icon-allow-overlap": true, "icon-ignore-placement": true, ...layout },
    })
  }
  paint(id) {
    const [kind, ...numbers] = id.split(" ")
    if (kind === "look") {
      const { shape, tone } = this.looks[numbers[0] - 1]
      this.map.addImage(id, sign(shape, token(`--${tone}`)), { pixelRatio: 2 })
    } else if (kind === "ring") {
      const [count, ...parts] = numbers.map(Number)
      this.map.addImage(id, ring(count, TONES.map((tone, place) => [token(`--${tone}`), parts[place]])), { pixelRatio: 2 })
    }
  }

  /* ---- reading */
  under({ x, y }) {
    return this.map.getLayer("reports") ? this.map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]], { layers: ["reports"] }) : []
  }
  open({ point, lngLat }) {
    const found = this.under(point)
    const cluster = found.find(({ properties }) => properties.count)
    if (!found.length) return this.offer(lngLat)
    this.pin.remove()
    if (!cluster) return this.read([...new Set(found.map(({ id, properties }) => properties.id ?? id))])
    if (this.worker) return this.worker.postMessage({ cluster: cluster.properties.cluster_id, at: cluster.geometry.coordinates })
    if (this.map.getZoom() < CLOSEST + 1) this.go(cluster.geometry.coordinates, this.map.getZoom() + 2)
    else this.links()[0]?.focus()
  }
  /* An empty place: whoever presses it may report what is wrong there. */
  offer({ lat, lng }) {
    const words = this.querySelector("[data-new]").content.cloneNode(true)
    const link = words.querySelector("a"), address = new URL(link.getAttribute("href"), location.href)
    for (const [name, value] of [["lat", lat], ["lon", lng]]) address.searchParams.set(name, value.toFixed(6))
    link.href = address
    this.pin.setLngLat([lng, lat]).addTo(this.map)
    this.show(words)
  }
  show(content) {
    this.card.replaceChildren(content)
    this.card.hidden = false
    this.card.focus()
  }
  async read(ids) {
    const address = new URL(this.dataset.cards, location.href)
    address.searchParams.set("ids", ids.slice(0, 20).join(","))
    const answer = await fetch(address)
    if (!answer.ok) return
    this.show(document.createRange().createContextualFragment(await answer.text()))
  }
  go(center, zoom) { this.map[isStill() ? "jumpTo" : "easeTo"]({ center, zoom }) }

  /* ---- the address says what is looked at, and the list can show the same part */
  asked() {
    const asked = new URL(location.href).searchParams
    const [lat, lon, zoom] = ["lat", "lon", "z"].map(name => parseFloat(asked.get(name)))
    return [lat, lon, zoom].every(Number.isFinite) && Math.abs(lat) < 86 && Math.abs(lon) <= 180 ? { lat, lon, zoom } : undefined
  }
  remember() {
    const { lat, lng } = this.map.getCenter()
    if ("permalink" in this.dataset) {
      const address = new URL(location.href)
      for (const [name, value] of [["lat", lat.toFixed(5)], ["lon", lng.toFixed(5)], ["z", this.map.getZoom().toFixed(1)]]) address.searchParams.set(name, value)
      history.replaceState(history.state, "", address)
    }
    const box = this.map.getBounds().toArray().flat().map(each => each.toFixed(5)).join(",")
    for (const link of this.links()) {
      const address = new URL(link.href)
      address.searchParams.set("box", box)
      link.href = address
    }
  }
  links() { return document.querySelectorAll("a[data-this-part]") }
})
