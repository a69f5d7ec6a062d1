/* <report-app>: installs the worker, keeps the offline form's reports and sends them when it can. */
import { flush, keep, waiting } from "reports/outbox"

customElements.define("report-app", class extends HTMLElement {
  async connectedCallback() {
    const { worker, door } = this.dataset
    this.door = door
    if ("serviceWorker" in navigator) {
      navigator.serviceWorker.register(worker).catch(() => {})
      navigator.serviceWorker.addEventListener("message", event => { if (event.data?.outbox) this.show(event.data.outbox) })
    }
    this.form = document.querySelector("form[data-offline]")
    this.form?.addEventListener("submit", event => { event.preventDefault(); this.take() })
    this.querySelector("[data-again]")?.addEventListener("click", () => this.go())
    addEventListener("online", () => this.go())
    await this.show([])
    this.go()
  }
  async take() {
    const typed = Object.fromEntries([...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken"))
    typed.categories = [...this.form.elements.categories.selectedOptions].map(option => option.value)
    const photos = [...this.form.elements.photos.files].map(file => ({ blob: file, name: file.name }))
    await keep({ id: crypto.randomUUID(), typed, photos, at: Date.now(), state: "waiting" })
    navigator.storage?.persist?.()
    this.form.reset()
    await this.show([])
    this.querySelector("h2")?.focus()
    const registered = await navigator.serviceWorker?.getRegistration()
    try { await registered?.sync?.register("reports-outbox") } catch { /* no Background Sync here: the next opening sends */ }
    this.go()
  }
  async go() {
    if (!navigator.onLine) return
    try { await this.show(await flush(this.door)) } catch { await this.show([]) } // still no network: it waits on
  }
  async show(results) {
    for (const { state, ...said } of results) if (state === "sent") this.sent(said)
    const held = await waiting()
    const list = this.querySelector("[data-waiting]")
    list.replaceChildren(...held.map(each => this.row(each)))
    this.hidden = !held.length && !this.querySelector("[data-sent]").children.length
    this.querySelector("[data-again]").hidden = !held.length
  }
  row({ typed, state, message }) {
    const said = { "sign-in": this.dataset.signIn, refused: message, waiting: this.dataset.waits }[state] ?? this.dataset.waits
    return Object.assign(document.createElement("li"), { textContent: `${typed.text.slice(0, 80)} — ${said}` })
  }
  sent({ url, number, left_out: leftOut = [] }) {
    const link = Object.assign(document.createElement("a"), { href: url, textContent: number ? this.dataset.sent.replace("#", number) : this.dataset.taken })
    const row = document.createElement("li")
    row.append(link, ...leftOut.map(said => Object.assign(document.createElement("p"), { textContent: said })))
    this.querySelector("[data-sent]").append(row)
  }
})
