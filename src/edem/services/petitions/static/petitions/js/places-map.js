/* <places-map>: the pins of a petition, each with its words; drawn when the reader comes to it. The list above says the same. */
import { drawMap } from "ui/maps/drawing"

const ROUND = 0.004 // degrees about a single pin: a few streets
customElements.define("places-map", class extends HTMLElement {
  connectedCallback() {
    this.seen = new IntersectionObserver(([entry]) => entry.isIntersecting && this.draw(), { rootMargin: "200px" })
    this.seen.observe(this)
  }
  disconnectedCallback() { this.seen.disconnect(); this.map?.remove() }

  async draw() {
    this.seen.disconnect()
    const pins = JSON.parse(this.dataset.pins)
    const frame = Object.assign(document.createElement("div"), { className: "map" })
    frame.setAttribute("role", "region")
    frame.setAttribute("aria-label", this.dataset.label)
    this.append(frame)
    try {
      const { map, library } = await drawMap(frame, { bounds: around(pins), cooperativeGestures: false, scrollZoom: false })
      this.map = map
      const color = getComputedStyle(this).getPropertyValue("--accent").trim()
      for (const { lat, lon, words } of pins) {
        const marker = new library.Marker({ color }).setLngLat([lon, lat])
        if (words) marker.setPopup(new library.Popup({ offset: 24 }).setText(words))
        marker.addTo(map)
        if (words) marker.getElement().setAttribute("aria-label", words)
      }
    } catch { frame.remove() } // no WebGL: the list is left
  }
})

function around(pins) {
  const lats = pins.map(pin => pin.lat), lons = pins.map(pin => pin.lon)
  return [Math.min(...lons) - ROUND, Math.min(...lats) - ROUND, Math.max(...lons) + ROUND, Math.max(...lats) + ROUND]
}
