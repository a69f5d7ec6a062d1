/* Things that wait in this browser, each under a number of its own. */
export function shelfOf(base, store, key) {
  function opened() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(base, 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: key })
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
  }
  async function within(mode, act) {
    const open = await opened()
    return new Promise((resolve, reject) => {
      const turn = open.transaction(store, mode)
      const asked = act(turn.objectStore(store))
      turn.oncomplete = () => { open.close(); resolve(asked.result) }
      turn.onabort = turn.onerror = () => { open.close(); reject(turn.error) }
    })
  }
  return {
    keep: thing => within("readwrite", there => there.put(thing)),
    drop: number => within("readwrite", there => there.delete(number)),
    waiting: () => within("readonly", there => there.getAll()),
  }
}
