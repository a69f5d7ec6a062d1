// A city's OpenID Connect provider: the certified `oidc-provider`, with sign-in answered by itself.
// POST /_token {"claims", "typ", "key"} makes a token as the provider signs them, right or wrong.
// POST /_next {"sub", "amr", "acr", "mode"} says who signs in next, and what the provider does wrong meanwhile.
import { createServer } from "node:http"
import { Provider } from "oidc-provider"
import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from "jose"

const { port, clients } = JSON.parse(process.argv[2])
const issuer = `http://127.0.0.1:${port}`
const { privateKey } = await generateKeyPair("RS256", { extractable: true })
const stranger = await generateKeyPair("RS256")
const kid = "city-1"
const next = { sub: "worker-1", amr: [], acr: "", mode: "", refuse: false }

const provider = new Provider(issuer, {
  clients,
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid, use: "sig", alg: "RS256" }] },
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
  },
  // Its own way of calling others refuses loopback, where we are.
  fetch: (address, { dispatcher, ...options }) => fetch(address, options),
  interactions: { url: (_, interaction) => `/_sign-in/${interaction.uid}` },
  claims: { openid: ["sub", "amr", "acr"], profile: ["name", "preferred_username"], auth_time: null, sid: null },
  acrValues: ["urn:city:mfa"],
  conformIdTokenClaims: false,
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({
      sub,
      name: "Ім’я з міста",
      preferred_username: `${sub}@city.example`,
      ...(next.amr.length && { amr: next.amr }),
      ...(next.acr && { acr: next.acr }),
    }),
  }),
})

const resigned = (claims, changed, key = privateKey) =>
  new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: "RS256", kid }).sign(key)

const WRONGS = {
  tampered: (token) => {
    const [head, body, signature] = token.split(".")
    const claims = JSON.parse(Buffer.from(body, "base64url"))
    return [head, Buffer.from(JSON.stringify({ ...claims, sub: "mayor" })).toString("base64url"), signature].join(".")
  },
  unsigned: (token) =>
    `${Buffer.from('{"alg":"none"}').toString("base64url")}.${token.split(".")[1]}.`,
  "stranger's key": (token) => resigned(decodeJwt(token), {}, stranger.privateKey),
  "other issuer": (token) => resigned(decodeJwt(token), { iss: "https://other.example" }),
  "other audience": (token) => resigned(decodeJwt(token), { aud: "another-client" }),
  "other nonce": (token) => resigned(decodeJwt(token), { nonce: "an older one" }),
  "no nonce": (token) => resigned(decodeJwt(token), { nonce: undefined }),
  expired: (token) => resigned(decodeJwt(token), { exp: 1_700_000_000, iat: 1_600_000_000 }),
}

provider.use(async (ctx, following) => {
  await following()
  if (ctx.oidc?.route === "discovery" && next.mode === "another issuer's discovery") {
    ctx.body = { ...ctx.body, issuer: "https://other.example" }
  }
  if (ctx.oidc?.route === "token" && ctx.body?.id_token && WRONGS[next.mode]) {
    ctx.body = { ...ctx.body, id_token: await WRONGS[next.mode](ctx.body.id_token) }
  }
})

async function signIn(request, response) {
  const { params, prompt, grantId } = await provider.interactionDetails(request, response)
  if (next.refuse) {
    return provider.interactionFinished(request, response, { error: "access_denied" })
  }
  if (prompt.name === "login") {
    const login = { accountId: next.sub, amr: next.amr, ...(next.acr && { acr: next.acr }) }
    return provider.interactionFinished(request, response, { login })
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: next.sub, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  const consent = { grantId: await grant.save() }
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
}

const handle = provider.callback()
const told = async (request) => {
  let body = ""
  for await (const piece of request) body += piece
  return JSON.parse(body)
}
createServer(async (request, response) => {
  if (request.url === "/_next") {
    Object.assign(next, { sub: "worker-1", amr: [], acr: "", mode: "", refuse: false }, await told(request))
    response.end("{}")
  } else if (request.url === "/_token") {
    const { claims, typ, key } = await told(request)
    const header = { alg: "RS256", kid, ...(typ && { typ }) }
    const signing = key === "stranger's" ? stranger.privateKey : privateKey
    response.end(await new SignJWT(claims).setProtectedHeader(header).sign(signing))
  } else if (request.url.startsWith("/_sign-in/")) {
    await signIn(request, response)
  } else {
    handle(request, response)
  }
}).listen(port, "127.0.0.1", () => console.log("ready"))
