/* <task-outbox>: an executor's photos and words wait in the telephone while there is no network, and go once it is back.
   Each sending has a number of its own, so the server takes it once however often it comes. */
import { shelfOf } from "reports/shelf"

const { keep, drop, waiting } = shelfOf("tasks", "sendings", "sending")

customElements.define("task-outbox", class extends HTMLElement {
  connectedCallback() {
    if (!isSecureContext) return // the form goes as it is
    this.form = this.querySelector("form")
    this.list = this.querySelector("[data-waiting]")
    this.form.addEventListener("submit", event => { event.preventDefault(); this.take() })
    addEventListener("online", () => this.go())
    this.keepPage()
    this.show().then(() => this.go())
  }
  async waiting() {
    return (await waiting()).filter(each => each.to === location.pathname)
  }
  async take() {
    const text = this.form.elements.text.value.trim()
    const photos = [...this.form.elements.photos_sent.files].map(file => ({ blob: file, name: file.name }))
    if (!text && !photos.length) return this.form.submit() // the server says what is missing
    const kept = { sending: crypto.randomUUID(), to: location.pathname, text, photos }
    try { await keep(kept) } catch { return this.form.submit() }
    navigator.storage?.persist?.()
    this.form.reset()
    await this.show()
    this.go()
  }
  async go() {
    if (!navigator.onLine) return
    const act = async () => { for (const each of await this.waiting()) await this.send(each) }
    try { await (navigator.locks ? navigator.locks.request("task-outbox", act) : act()) } catch { /* it waits on */ }
    await this.show()
  }
  async send(kept) {
    const body = new FormData()
    for (const photo of kept.photos) body.append("photos_sent", photo.blob, photo.name)
    body.append("text", kept.text)
    body.append("sending", kept.sending)
    const headers = { Accept: "application/json", "X-CSRFToken": await this.token() }
    const answer = await fetch(kept.to, { method: "POST", body, headers, credentials: "same-origin" })
    if (answer.status >= 500 || answer.status === 429) throw new Error(`task ${answer.status}`)
    const said = await answer.json()
    if (!answer.ok) return keep({ ...kept, message: said.message })
    await drop(kept.sending)
    location.reload()
  }
  /* The page may be a kept one, with a token of yesterday. */
  async token() {
    const fresh = await fetch(location.pathname, { credentials: "same-origin", cache: "no-store" })
    const page = new DOMParser().parseFromString(await fresh.text(), "text/html")
    return page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""
  }
  async show() {
    const held = await this.waiting()
    this.list.replaceChildren(...held.map(({ text, photos, message }) =>
      Object.assign(document.createElement("li"), { textContent: `${text.slice(0, 80) || this.dataset.photos.replace("#", photos.length)} — ${message ?? this.dataset.waits}` })))
    this.list.parentElement.hidden = !held.length
  }
  /* So that the task can be opened again in a cellar. */
  async keepPage() {
    if (!("serviceWorker" in navigator)) return
    navigator.serviceWorker.register(this.dataset.worker).catch(() => {})
    if (navigator.onLine) caches.open("tasks").then(shelf => shelf.add(location.pathname)).catch(() => {})
  }
})
