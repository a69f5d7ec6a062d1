/* Reports that wait in this browser for the network. The page and the service worker use the same functions. */
import { shelfOf } from "reports/shelf"

export const { keep, drop, waiting } = shelfOf("reports", "waiting", "id")

/* Sends one and says what became of it. Only a lost network is worth another try by itself, so only it throws.
   The quick way acknowledges it in one request; whatever that way does not take goes by the door, as it always did. */
export async function send(report, door) {
  let quick = fits(report) ? await sendQuickly(report, door) : null
  if (quick?.status === 200) return sent(report, quick.said, new URL(`${report.id}/`, new URL(door, location.href)).pathname)
  const asked = await fetch(door, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" })
  if (!asked.ok) throw new Error(`door ${asked.status}`)
  const { signed_in: isSignedIn, token } = await asked.json()
  if (!isSignedIn) return told(report, "sign-in")
  if (quick?.status === 401) quick = await sendQuickly(report, door) // the door has renewed what had expired
  if (quick?.status === 200) return sent(report, quick.said, new URL(`${report.id}/`, new URL(door, location.href)).pathname)
  const headers = { Accept: "application/json", "X-CSRFToken": token }
  const answer = await fetch(door, { method: "POST", body: formOf(report), credentials: "same-origin", headers })
  if (answer.status >= 500 || answer.status === 429) throw new Error(`door ${answer.status}`)
  const said = await answer.json()
  if (!answer.ok) return told(report, "refused", said.message)
  return sent(report, said, said.url)
}
const LIGHT = 30 * 1024 * 1024
const fits = ({ photos }) => photos.reduce((sum, { blob }) => sum + blob.size, 0) < LIGHT && !photos.some(({ blob }) => blob.type.startsWith("video/"))

async function sendQuickly(report, door) {
  const address = new URL("../../acts/reports.parcel", new URL(door, location.href))
  const answer = await fetch(address, { method: "POST", body: formOf(report), credentials: "same-origin", headers: { Accept: "application/json" } })
  if (answer.status >= 500 || answer.status === 429) throw new Error(`parcel ${answer.status}`)
  return { status: answer.status, said: await answer.json() }
}
function formOf(report) {
  const body = new FormData()
  body.append("client_uuid", report.id)
  for (const [name, value] of Object.entries(report.typed)) for (const each of [value].flat()) body.append(name, each)
  for (const photo of report.photos) body.append("photos", photo.blob, photo.name)
  return body
}
async function sent(report, said, url) {
  await drop(report.id)
  return { id: report.id, state: "sent", ...said, url }
}
async function told(report, state, message = "") {
  await keep({ ...report, state, message })
  return { id: report.id, state, message }
}
/* One at a time, and never two tabs at once: the server would take each once anyway, but why ask. */
export async function flush(door) {
  const act = async () => {
    const results = []
    for (const each of await waiting()) if (each.state !== "refused") results.push(await send(each, door))
    return results
  }
  return navigator.locks ? navigator.locks.request("reports-outbox", act) : act()
}
