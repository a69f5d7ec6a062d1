/* Shows the offline form where the network is gone, and sends what waits when it is back. DOOR, PAGE and ASSETS stand above. */
const SHELF = `reports-${VERSION}`

self.addEventListener("install", event => {
  event.waitUntil(caches.open(SHELF).then(shelf => shelf.addAll([PAGE, ...ASSETS])).then(() => self.skipWaiting()))
})
self.addEventListener("activate", event => {
  const old = name => name.startsWith("reports-") && name !== SHELF
  event.waitUntil(caches.keys().then(names => Promise.all(names.filter(old).map(name => caches.delete(name)))).then(() => self.clients.claim()))
})
self.addEventListener("fetch", event => {
  const { request } = event
  if (request.method !== "GET") return
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(async () => await caches.match(request) ?? caches.match(PAGE)))
  else if (ASSETS.includes(new URL(request.url).pathname)) event.respondWith(caches.match(request).then(kept => kept ?? fetch(request)))
})
self.addEventListener("sync", event => {
  if (event.tag === "reports-outbox") event.waitUntil(flush(DOOR).then(tellPages))
})
async function tellPages(results) {
  for (const page of await self.clients.matchAll({ includeUncontrolled: true })) page.postMessage({ outbox: results })
}
