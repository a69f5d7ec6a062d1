/* Gathers points that lie close: a page with fifty thousand of them stays smooth, for this runs beside it. */
let index
const TONE_OF = { 1: "open", 2: "open", 3: "accepted", 4: "closed", 5: "archived" }
const NAMES = ["open", "accepted", "closed", "archived"]
const CLOSEST = 17

onmessage = async ({ data }) => {
  if (data.points) {
    importScripts(data.library)
    const gathered = new Supercluster({
      radius: 56, extent: 512, maxZoom: CLOSEST,
      map: ({ state }) => Object.fromEntries(NAMES.map(name => [name, TONE_OF[state] === name ? 1 : 0])),
      reduce: (sum, more) => { for (const name of NAMES) sum[name] += more[name] },
    })
    gathered.load(read(await (await fetch(data.points, { credentials: "omit" })).json()))
    index = gathered // a window asked for before has no answer: it is asked for again when ready
    postMessage({ ready: true })
  } else if (data.box && index) {
    postMessage({ features: index.getClusters(data.box, data.zoom).map(drawn) })
  } else if (data.cluster !== undefined) {
    const zoom = index.getClusterExpansionZoom(data.cluster)
    if (zoom <= CLOSEST) postMessage({ at: data.at, zoom })
    else postMessage({ ids: index.getLeaves(data.cluster, 20).map(({ properties }) => properties.id) })
  }
}

function read(columns) {
  const summed = column => { let sum = 0; return column.map(step => sum += step) }
  const [ids, lats, lons] = ["id", "lat", "lon"].map(name => columns.deltas.includes(name) ? summed(columns[name]) : columns[name])
  return ids.map((id, place) => ({
    type: "Feature", properties: { id, state: columns.state[place] },
    geometry: { type: "Point", coordinates: [lons[place] / 1e6, lats[place] / 1e6] },
  }))
}

function drawn({ geometry, properties }) {
  if (!properties.cluster) return { type: "Feature", geometry, properties: { id: properties.id, image: `look ${properties.state}` } }
  const parts = NAMES.map(name => Math.round(8 * properties[name] / properties.point_count))
  return {
    type: "Feature", geometry,
    properties: { cluster_id: properties.cluster_id, count: properties.point_count, image: `ring ${properties.point_count} ${parts.join(" ")}` },
  }
}
