/* <device-place>: the device's own position into the form's hidden fields; satellites need no network. */
customElements.define("device-place", class extends HTMLElement {
  connectedCallback() {
    if (!navigator.geolocation) return
    this.hidden = false
    const { elements } = this.closest("form")
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: this.dataset.here })
    button.dataset.tone = "quiet"
    const said = document.createElement("p")
    said.setAttribute("role", "status")
    button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
      elements.lat.value = coords.latitude.toFixed(6)
      elements.lon.value = coords.longitude.toFixed(6)
      elements.accuracy_m.value = Math.round(coords.accuracy)
      said.textContent = this.dataset.known
    }, () => { said.textContent = this.dataset.unknown }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 }))
    this.append(button, said)
  }
})
