/* The widget's side of «EndUser»: hears requests of the one site named in `address`, answers when the person has acted. */
const US = "EndUserSignWidget", SITE = "EndUserSignWidgetConnector", STARTED = -1
const address = new URLSearchParams(location.search).get("address")
const form = document.querySelector("form"), told = document.querySelector("[role=status]")
let key = null, reading = []

const answer = (id, more) => parent.postMessage({ sender: US, reciever: SITE, id, ...more }, address)
const bytes = data => typeof data === "string" ? new TextEncoder().encode(data) : Uint8Array.from(data)
const base64 = data => btoa(String.fromCharCode(...data))
const unbase64 = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0))

const commands = {
  ReadPrivateKey: () => key ? Promise.resolve(key.certificates) : new Promise((resolve, reject) => reading.push({ resolve, reject })),
  ResetPrivateKey: async () => { key = null },
  SignData: async (data, external = true, asBase64String = false) => {
    if (!key) throw new Error("Ключ не зчитано")
    const body = JSON.stringify({ person: key.person, key: key.kind, external, content: base64(bytes(data)) })
    const { signed } = await (await fetch("/sign", { method: "POST", body })).json()
    told.textContent = "Підписано"
    return asBase64String ? signed : unbase64(signed)
  },
}

addEventListener("message", async ({ origin, data }) => {
  if (origin !== address || data?.sender !== SITE || data.reciever !== US) return
  const command = commands[data.cmd]
  try {
    if (!command) throw new Error(`Немає команди ${data.cmd}`)
    answer(data.id, { result: await command(...data.params) })
  } catch (fault) { answer(data.id, { error: { code: 2, message: fault.message } }) }
})

form.addEventListener("submit", event => {
  event.preventDefault()
  const chosen = new FormData(form)
  if (event.submitter.value === "refuse") {
    reading.forEach(each => each.reject(new Error("Користувач скасував")))
  } else {
    key = { person: chosen.get("person"), kind: chosen.get("key"), certificates: [{ infoEx: { keyUsageType: 1, publicKeyType: 1, certHashType: 1 } }] }
    reading.forEach(each => each.resolve(key.certificates))
    told.textContent = "Ключ зчитано"
  }
  reading = []
})
answer(STARTED, {})
