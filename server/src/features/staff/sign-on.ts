import { sql } from 'kysely'
import type { Configuration } from 'openid-client'
import type { SecondFactor, SignOnConfig } from '../../platform/config.ts'
import { asActor, type Origin } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { staffProblems } from './problems.ts'
import { hashToken, noteRefusal, openSession, type SignedIn } from './sign-in.ts'
import { mustHaveSecondFactor } from './staff.ts'

/** What the browser keeps between leaving for the provider and coming back. */
export type Begun = Readonly<{
  state: string
  nonce: string
  verifier: string
  /** Of the invitation that is accepted by it. */
  invitation?: string | undefined
}>

/** Whom the provider says it is. */
type Known = Readonly<{ issuer: string; subject: string; username: string | null }>

/** The district's own sign-on: OpenID Connect, code flow with PKCE, state and nonce. 区统一身份认证 */
export type SignOn = Readonly<{
  /** @param page where the provider sends the browser back to */
  begin: (page: string, invitation?: string) => Promise<{ address: string; begun: Begun }>
  /** @throws Problem `sign-on-failed` for whatever is not an answer to what was begun */
  finish: (page: string, query: string, begun: Begun) => Promise<Known>
}>

// Read when somebody first comes this way, not when Qiao starts.
const client = () => import('openid-client')

export function makeSignOn({ issuer, clientId, clientSecret, claim }: SignOnConfig): SignOn {
  let found: Promise<Configuration> | undefined
  /** The provider is asked at the first sign-in, so that Qiao starts while it is away; again after a failure. */
  async function provider(): Promise<Configuration> {
    const oidc = await client()
    const near = issuer.startsWith('http:') ? { execute: [oidc.allowInsecureRequests] } : {}
    found ??= oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, near)
    return found.catch((cause: unknown) => {
      found = undefined
      throw failed(cause)
    })
  }
  return {
    begin: async (page, invitation) => {
      const oidc = await client()
      const begun = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        invitation,
      }
      const address = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: page,
        scope: claim ? 'openid profile' : 'openid',
        code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        state: begun.state,
        nonce: begun.nonce,
      })
      return { address: address.href, begun }
    },
    finish: async (page, query, { state, nonce, verifier }) => {
      const oidc = await client()
      const config = await provider()
      const came = new URL(page)
      came.search = query
      try {
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier }
        const tokens = await oidc.authorizationCodeGrant(config, came, {
          ...checks,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new Error('no ID token')
        const told =
          claim === undefined || claim in claims || !config.serverMetadata().userinfo_endpoint
            ? claims
            : await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
        const name = claim === undefined ? undefined : told[claim]
        const username = typeof name === 'string' && name !== '' ? name : null
        return { issuer: claims.iss, subject: claims.sub, username }
      } catch (cause) {
        throw failed(cause)
      }
    },
  }
}

/** What exactly was wrong is for the log of the program, not for whoever stands at the door. */
function failed(cause: unknown) {
  return Object.assign(problem(staffProblems, 'sign-on-failed'), { cause })
}

/**
 * Opens a session for whom the provider knows; a second factor of the account is asked for all the same.
 *
 * @throws Problem `sign-on-unknown`, `account-locked`
 */
export async function signInKnown(
  signin: Database,
  { known, invitation }: { known: Known; invitation: string | undefined },
  origin: Origin,
  secondFactor: SecondFactor,
): Promise<SignedIn> {
  const asVisitor = <T>(work: Parameters<typeof asActor<T>>[2]) => asActor(signin, '', work, origin)
  const account = await asVisitor(async (tx) => {
    const { rows } = await sql<{
      staff_id: string
      role: string
      appointed: boolean
      locked_until: string | null
    }>`select * from auth.account_for_sign_on(${known.issuer}, ${known.subject}, ${known.username},
      ${invitation ? hashToken(invitation) : null})`.execute(tx)
    return rows[0]
  })
  if (!account || account.locked_until) {
    const because = account ? 'locked' : 'unknown'
    await asVisitor((tx) => noteRefusal(tx, { staffId: account?.staff_id ?? null, because }))
    throw problem(staffProblems, account ? 'account-locked' : 'sign-on-unknown')
  }
  const mustEnrol = mustHaveSecondFactor(secondFactor, account)
  return asVisitor((tx) =>
    openSession(tx, { staffId: account.staff_id, by: 'sign-on', mustEnrol }, origin),
  )
}
