// Shows a message that came while no page was open, and opens its page when it is pressed. Keeps nothing.
self.addEventListener("push", (event) => {
  const said = event.data?.json() ?? {}
  event.waitUntil(self.registration.showNotification(said.title ?? "e-DEM", {
    body: said.body, tag: said.tag, lang: "uk", data: { url: said.url },
  }))
})

self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  const { url } = event.notification.data ?? {}
  if (url) event.waitUntil(self.clients.openWindow(url))
})
