/* Keeps a countdown true while the page stays open: whole days, then hours, then minutes, as the server counts. */
import { count, say } from "ui/words"

const MINUTE = 60e3, HOUR = 60 * MINUTE, DAY = 24 * HOUR

customElements.define("time-left", class extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time")
    this.timer = setInterval(() => this.tell(), 30e3)
  }
  disconnectedCallback() { clearInterval(this.timer) }
  tell() {
    if (this.hasAttribute("data-late")) return
    const left = new Date(this.time.dateTime) - Date.now()
    const [name, unit] = left >= 2 * DAY ? ["days", DAY] : left >= HOUR ? ["hours", HOUR] : ["minutes", MINUTE]
    this.time.textContent = left > 0 ? count(name, Math.max(1, Math.floor(left / unit))) : say("ended")
  }
})
