/* A number that moves by itself: listens to the event stream, or asks now and then where streams do not pass. */
import { clock, number, say } from "ui/words"

customElements.define("live-number", class extends HTMLElement {
  connectedCallback() {
    this.number = this.querySelector("[data-number]")
    this.note = this.querySelector("[data-note]")
    document.addEventListener("visibilitychange", this)
    this.handleEvent()
  }
  disconnectedCallback() { document.removeEventListener("visibilitychange", this); this.stop() }
  handleEvent() { document.hidden ? this.stop() : this.listen() } // a page in the pocket costs nobody anything
  stop() { this.stream?.close(); clearInterval(this.timer); this.stream = this.timer = null }
  listen() {
    if (this.stream || this.timer) return
    this.stream = new EventSource(this.dataset.live)
    this.stream.addEventListener("count", event => this.show(JSON.parse(event.data)))
    this.stream.addEventListener("as_of", event => this.tell(JSON.parse(event.data)))
    this.stream.onerror = () => { if (this.stream?.readyState === EventSource.CLOSED) { this.stop(); this.poll() } }
  }
  poll() {
    if (!this.dataset.poll) return
    const ask = async () => { try { this.show(await (await fetch(this.dataset.poll)).json()) } catch { /* next time */ } }
    this.timer = setInterval(ask, 30e3)
    ask()
  }
  show(fact) {
    if (this.dataset.state && fact.state && fact.state !== this.dataset.state) this.offerAnew()
    const value = fact[this.dataset.name]
    if (typeof value !== "number") return
    this.number.textContent = number(value)
    this.tell(fact.as_of)
    if (this.dataset.goal > 0) this.querySelector(".sewn").setAttribute("width", `${Math.min(100, Math.floor(100 * value / this.dataset.goal))}%`)
  }
  offerAnew() { // the buttons of this page are of a state that is over
    delete this.dataset.state
    const words = document.createElement("p"), link = document.createElement("a")
    words.setAttribute("role", "status")
    this.append(words) // a status is read aloud when it changes, not when it comes
    link.href = location.href
    link.textContent = say("anew")
    words.append(say("changed"), " ", link)
  }
  tell(moment) {
    if (this.note && moment) this.note.textContent = `${say("asOf")} ${clock(new Date(moment))}`
  }
})
