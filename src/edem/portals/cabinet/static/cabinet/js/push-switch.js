// Turns messages on in this browser: asks it for permission, fills the form's hidden fields and sends the form.
customElements.define("push-switch", class extends HTMLElement {
  connectedCallback() {
    if (!("PushManager" in window) || !("serviceWorker" in navigator)) return
    this.querySelector("[data-without]")?.remove()
    this.form = this.querySelector("form")
    this.form.hidden = false
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.turnOn().catch(() => this.say("failed"))
    })
  }

  async turnOn() {
    if (await Notification.requestPermission() !== "granted") return this.say("denied")
    const { worker, scope, key } = this.dataset
    const registration = await navigator.serviceWorker.register(worker, { scope })
    const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) }
    const { endpoint, keys } = (await registration.pushManager.subscribe(options)).toJSON()
    Object.entries({ endpoint, ...keys }).forEach(([name, value]) => {
      const field = this.form.elements.namedItem(name)
      if (field) field.value = value
    })
    this.form.submit()
  }

  say(what) {
    this.querySelectorAll("[data-said]").forEach((words) => { words.hidden = words.dataset.said !== what })
  }
})

function bytesOf(text) {
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"))
  return Uint8Array.from(raw, (each) => each.charCodeAt(0))
}
