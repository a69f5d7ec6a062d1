/* <map-pin>: the place of a thing, set by the device or by a finger, written into the form's lat, lon and accuracy_m. */
import { drawMap, isStill, token } from "ui/maps/drawing"

const NEAR = 16
customElements.define("map-pin", class extends HTMLElement {
  async connectedCallback() {
    if (this.map) return
    this.form = this.closest("form")
    this.append(this.button(), this.clearing(), this.status(), this.box())
    try {
      const kept = this.kept()
      const { map, library } = await drawMap(this.frame, { view: kept && { ...kept, zoom: NEAR }, bounds: this.bounds() })
      this.map = map
      this.marker = new library.Marker({ draggable: true, color: getComputedStyle(this).getPropertyValue("--accent").trim() })
      this.marker.on("dragend", () => this.put(this.marker.getLngLat()))
      map.on("click", event => this.put(event.lngLat))
      if (kept) this.show(kept)
      this.form.elements[this.dataset.radius]?.addEventListener("change", () => this.circle(this.kept()))
    } catch { this.frame.hidden = true } // no WebGL: the address and the device's position are left
  }
  disconnectedCallback() { this.map?.remove() }

  /* Others (a photo with a place in it) may set the pin: pin.place = {lat, lon, accuracy_m}. */
  set place({ lat, lon, accuracy_m }) { this.write(lat, lon, accuracy_m); this.show({ lat, lon }); if (!this.dataset.radius) this.map?.easeTo({ center: [lon, lat], zoom: Math.max(NEAR, this.map.getZoom()) }) }
  get place() { return this.kept() }

  put({ lat, lng }) { this.write(lat, lng, ""); this.show({ lat, lon: lng }) }
  show({ lat, lon }) {
    if (!this.map) return
    this.marker.setLngLat([lon, lat]).addTo(this.map)
    this.circle({ lat, lon })
  }
  /* How far it reaches, when the form asks that: `data-radius` names the field with the metres. */
  circle(place) {
    const degrees = this.form.elements[this.dataset.radius]?.value / 111_320
    if (!degrees || !place) return
    const ring = Array.from({ length: 65 }, (_, step) => {
      const [east, north] = [Math.cos, Math.sin].map(of => of(step * Math.PI / 32) * degrees)
      return [place.lon + east / Math.cos(place.lat * Math.PI / 180), place.lat + north]
    })
    const data = { type: "Polygon", coordinates: [ring] }
    if (this.map.getSource("circle")) this.map.getSource("circle").setData(data)
    else {
      this.map.addSource("circle", { type: "geojson", data })
      this.map.addLayer({ id: "circle", type: "fill", source: "circle", paint: { "fill-color": token("--accent"), "fill-opacity": 0.14, "fill-outline-color": token("--accent") } })
    }
    const [lons, lats] = [0, 1].map(axis => ring.map(corner => corner[axis]))
    this.map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { padding: 24, animate: !isStill() })
  }
  write(lat, lon, accuracy) {
    const told = { lat: lat.toFixed(6), lon: lon.toFixed(6), accuracy_m: accuracy ? Math.round(accuracy) : "" }
    for (const [name, value] of Object.entries(told)) if (this.form.elements[name]) this.form.elements[name].value = value
    this.says.textContent = this.dataset.set
    this.dispatchEvent(new CustomEvent("placed", { bubbles: true, detail: { lat, lon, accuracy_m: accuracy || null } }))
  }
  clear() {
    for (const name of ["lat", "lon", "accuracy_m"]) if (this.form.elements[name]) this.form.elements[name].value = ""
    this.marker?.remove()
    this.says.textContent = this.dataset.cleared ?? ""
  }
  kept() {
    const [lat, lon] = ["lat", "lon"].map(name => parseFloat(this.form.elements[name]?.value))
    return Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : null
  }
  bounds() { return this.dataset.bounds ? JSON.parse(this.dataset.bounds) : undefined }
  box() { return this.frame = Object.assign(document.createElement("div"), { className: "map" }) }
  status() {
    this.says = Object.assign(document.createElement("p"), { textContent: this.dataset.help ?? "" })
    this.says.setAttribute("role", "status")
    return this.says
  }
  clearing() {
    if (!this.dataset.clear) return ""
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: this.dataset.clear })
    button.dataset.tone = "plain"
    button.addEventListener("click", () => this.clear())
    return button
  }
  button() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: this.dataset.here })
    button.dataset.tone = "quiet"
    button.hidden = !navigator.geolocation
    button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
      ({ coords }) => { this.place = { lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy } },
      () => { this.says.textContent = this.dataset.unknown },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    ))
    return button
  }
})
