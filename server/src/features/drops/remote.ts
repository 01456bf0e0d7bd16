import type { DropFile } from './drop-point.ts'

/** A place that was reached, until it is closed. */
export type Remote = Readonly<{
  list: () => Promise<readonly DropFile[]>
  /** The bytes of a file from one on. */
  read: (name: string, from: number) => AsyncIterable<Uint8Array>
  close: () => void
}>

/** Why files cannot be fetched from a place, in a sentence for the data steward. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** Milliseconds until a place has answered. */
export const patience = 20_000

/** The same bytes; what breaks them off is told as what it means. */
export async function* untilBroken(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    throw unreachable(error)
  }
}

/** What a failure of the network means. */
export function unreachable(error: unknown): Unreachable {
  if (error instanceof Unreachable) return error
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return new Unreachable(sentences[code] ?? `连接失败：${message.slice(0, 200)}`)
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: '对方没有在这个端口上应答，请核对主机和端口。',
  ENOTFOUND: '找不到这台主机，请核对主机名。',
  EAI_AGAIN: '找不到这台主机，请核对主机名。',
  ETIMEDOUT: '对方没有应答，请核对主机、端口和网络是否放行。',
  ECONNRESET: '连接被对方中断，下次取件时再试。',
  EHOSTUNREACH: '到不了这台主机，请核对网络是否放行。',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    '对方的证书不是受信任机构签发的；如属区内机构，请管理员在 QIAO_DROP_CA 中加入。',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    '对方的证书不是受信任机构签发的；如属区内机构，请管理员在 QIAO_DROP_CA 中加入。',
  SELF_SIGNED_CERT_IN_CHAIN:
    '对方的证书不是受信任机构签发的；如属区内机构，请管理员在 QIAO_DROP_CA 中加入。',
  CERT_HAS_EXPIRED: '对方的证书已过期，请联系来源部门更换。',
  ERR_TLS_CERT_ALTNAME_INVALID: '对方的证书不属于这台主机，请核对主机名。',
}
