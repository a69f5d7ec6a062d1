/* Speaks with the signing widget of id.gov.ua («EndUser», messages of its version 20240701) in a frame of its own.
   Each request is {sender, reciever, id, cmd, params}; its answer carries the same id with `result` or `error`.
   An answer with the id -1 says that the widget has (re)started: what was asked before is asked again. */
const US = "EndUserSignWidgetConnector", WIDGET = "EndUserSignWidget", READ_KEY = 1, STARTED = -1
const DSTU = 1, RSA = 2, ECDSA = 4, SIGNS = 1, FIRST_KUPYNA = 7, CADES_BES = 1
const ALGORITHM = { gost: 1, rsa: 2, ecdsa: 3, kupyna: 4 }

function algorithmOf(certificates) {
  const told = certificates.map(one => one.infoEx ?? one)
  const one = told.find(each => each.keyUsageType === undefined || each.keyUsageType & SIGNS) ?? {}
  if (one.publicKeyType === RSA) return ALGORITHM.rsa
  if (one.publicKeyType === ECDSA) return ALGORITHM.ecdsa
  return (one.publicKeyType ?? DSTU) === DSTU && one.certHashType >= FIRST_KUPYNA ? ALGORITHM.kupyna : ALGORITHM.gost
}

customElements.define("signing-widget", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form")
    this.form.elements.signed.value = ""
    this.status = this.querySelector("[role=status]")
    this.origin = new URL(this.dataset.src).origin
    this.asked = new Map()
    this.last = 0
    this.hears = event => event.origin === this.origin && event.source === this.frame.contentWindow && this.hear(event.data)
    addEventListener("message", this.hears)
    this.frame = document.createElement("iframe")
    const query = new URLSearchParams({ address: location.origin, formType: READ_KEY, debug: false, language: "ua" })
    Object.assign(this.frame, { src: `${this.dataset.src}?${query}`, title: this.dataset.title, width: "100%", height: "600" })
    this.frame.addEventListener("load", () => this.repeat())
    this.prepend(this.frame)
    this.form.addEventListener("submit", event => this.sign(event))
  }
  disconnectedCallback() { removeEventListener("message", this.hears) }
  ask(cmd, ...params) {
    const id = ++this.last
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject, message: { sender: US, reciever: WIDGET, id, cmd, params } })
      this.send(id)
    })
  }
  send(id) { this.frame.contentWindow?.postMessage(this.asked.get(id).message, this.origin) }
  repeat() { for (const id of this.asked.keys()) this.send(id) }
  hear(said) {
    if (said?.sender !== WIDGET || said.reciever !== US) return
    if (said.id === STARTED) return this.repeat()
    const waiting = this.asked.get(said.id)
    if (!waiting) return
    this.asked.delete(said.id)
    said.error ? waiting.reject(said.error) : waiting.resolve(said.result)
  }
  async sign(event) {
    if (this.form.elements.signed.value) return
    event.preventDefault()
    if (this.signing) return
    this.signing = true
    try {
      this.tell("reading")
      const certificates = await this.ask("ReadPrivateKey")
      this.tell("signing")
      const algorithm = algorithmOf(certificates ?? [])
      this.form.elements.signed.value = await this.ask("SignData", this.dataset.text, false, true, algorithm, null, CADES_BES)
      this.tell("signed")
      this.form.submit()
    } catch { this.tell("failed") }
    this.signing = false
  }
  tell(what) { this.status.textContent = this.status.dataset[what] }
})
