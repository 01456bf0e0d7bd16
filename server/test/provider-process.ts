import Provider from 'oidc-provider'

// A provider of OpenID Connect in a process of its own, for tests: whoever signs in is whom they say.
const [issuer = '', callback = ''] = process.argv.slice(2)
const provider = new Provider(issuer, {
  clients: [
    { client_id: 'qiao', client_secret: 'a secret of the test', redirect_uris: [callback] },
  ],
  claims: { openid: ['sub'], profile: ['preferred_username'] },
  cookies: { keys: ['a key of the test'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id }),
  }),
})
provider.listen(Number(new URL(issuer).port), '127.0.0.1', () => console.log('listening'))
