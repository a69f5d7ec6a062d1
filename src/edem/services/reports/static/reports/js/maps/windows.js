/* Tiles by the window: all that the map lacks at one moment comes in one answer, and what has come is not asked for again. */
const MOST = 64 // in one answer, as the server allows
const KEPT = 512

/* `pattern` is an address with {z} and {places}; what is returned gives the bytes of "z/x/y". */
export function byWindows(pattern) {
  const known = new Map()
  let lacking = []

  function tile(name) {
    if (known.has(name)) return known.get(name)
    if (!lacking.length) setTimeout(ask) // when the map has said all that it wants now
    const coming = new Promise((come, fail) => lacking.push({ name, come, fail }))
    coming.catch(() => known.delete(name)) // it is asked for again
    known.set(name, coming)
    if (known.size > KEPT) known.delete(known.keys().next().value)
    return coming
  }
  function ask() {
    const zooms = new Map()
    for (const { name, ...promise } of lacking.splice(0)) {
      const [z, x, y] = name.split("/").map(Number)
      if (!zooms.has(z)) zooms.set(z, [])
      zooms.get(z).push({ x, y, ...promise })
    }
    for (const [z, tiles] of zooms) {
      tiles.sort((one, other) => one.x - other.x || one.y - other.y) // one window has one address
      while (tiles.length) bring(z, tiles.splice(0, MOST))
    }
  }
  async function bring(z, tiles) {
    try {
      const places = tiles.map(({ x, y }) => `${x}-${y}`).join("_")
      const answer = await fetch(pattern.replace("{z}", z).replace("{places}", places), { credentials: "omit" })
      if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`)
      const whole = await answer.arrayBuffer(), lengths = new DataView(whole)
      let at = 0
      for (const { come } of tiles) {
        const end = at + 4 + lengths.getUint32(at)
        come(whole.slice(at + 4, end))
        at = end
      }
    } catch (fault) { for (const { fail } of tiles) fail(fault) }
  }
  return tile
}
