/* <queue-keys>: a queue walked by j and k, marked by x or all at once. The list and its form work without it. */
const TYPING = "input:not([type=checkbox]), select, textarea, [contenteditable]"
const KEPT = "edem-queue-keys"

customElements.define("queue-keys", class extends HTMLElement {
  connectedCallback() {
    if (this.bar) return
    this.list = this.querySelector(".queue")
    this.bulk = this.closest("form").querySelector(".bulk")
    this.bar = Object.assign(document.createElement("div"), { className: "keys" })
    this.bar.append(...(this.marks.length ? [this.allButton()] : []), this.switch(), this.status())
    this.list.before(this.bar)
    this.press = event => this.pressed(event)
    document.addEventListener("keydown", this.press)
    this.addEventListener("change", ({ target }) => { if (target.name === "marked") this.tell() })
    this.tell({ aloud: false })
  }
  disconnectedCallback() { document.removeEventListener("keydown", this.press) }

  get marks() { return [...this.list.querySelectorAll("input[name=marked]")] }
  get rows() { return [...this.list.querySelectorAll("h2 > a")] }

  pressed(event) {
    const { key, target } = event
    // Where their switch is not shown (telephones), keys do nothing: nobody could switch them off.
    if (!this.keys.checked || !this.keys.offsetParent || event.ctrlKey || event.metaKey || event.altKey || target.closest?.(TYPING)) return
    const step = { j: 1, о: 1, k: -1, л: -1 }[key] // the same keys in the Ukrainian layout
    if (step) this.go(step)
    else if (key === "x" || key === "ч") this.mark()
    else return
    event.preventDefault()
  }
  here() { return this.rows.findIndex(link => link.closest("li").contains(document.activeElement)) }
  go(step) {
    const { rows } = this, here = this.here()
    rows[Math.max(0, Math.min(rows.length - 1, here < 0 ? 0 : here + step))]?.focus()
  }
  mark() {
    const mark = this.rows[this.here()]?.closest("li").querySelector("input[name=marked]")
    if (mark) { mark.checked = !mark.checked; this.tell() }
  }
  all() {
    const { marks } = this, checked = !marks.every(mark => mark.checked)
    for (const mark of marks) mark.checked = checked
    this.tell()
  }
  tell({ aloud = true } = {}) {
    const { marks } = this, count = marks.filter(mark => mark.checked).length
    if (this.button) this.button.textContent = count && count === marks.length ? this.dataset.none : this.dataset.all
    this.offer(count)
    if (aloud) this.says.textContent = this.dataset.marked.replace("{n}", count)
  }

  /* What may be done with the marked stands at the foot of the screen; where there is room it opens with the first mark. */
  offer(count) {
    if (!this.bulk) return
    this.bulk.querySelector("summary > b").textContent = count || ""
    if (count && !this.marked && matchMedia("(min-width: 768px)").matches) this.bulk.open = true
    this.marked = count
  }

  allButton() {
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button" })
    this.button.dataset.tone = "quiet"
    this.button.addEventListener("click", () => this.all())
    return this.button
  }
  /* Single letters must be possible to switch off: voice control types them by chance (WCAG 2.1.4). */
  switch() {
    const label = document.createElement("label")
    this.keys = Object.assign(document.createElement("input"), { type: "checkbox", checked: localStorage.getItem(KEPT) !== "off" })
    this.keys.addEventListener("change", () => localStorage.setItem(KEPT, this.keys.checked ? "on" : "off"))
    label.append(this.keys, " ", this.dataset.keys)
    return label
  }
  status() {
    this.says = document.createElement("p")
    this.says.setAttribute("role", "status")
    return this.says
  }
})
