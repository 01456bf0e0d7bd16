import { asActor } from '../../platform/db/actor.ts'
import type { CheckParts } from './check.ts'
import { rememberedMapping, step } from './deliveries.ts'
import type { Delivery, Reading } from './delivery.ts'
import { fileOf, hashOf, type Transact } from './pieces.ts'
import { hintsOf, proposeMapping, samplesOf } from './reading/mapping.ts'
import type { Field } from './reading/fields.ts'
import type { SheetRow } from './reading/rows.ts'
import { openSheet } from './reading/sheet.ts'
import { UnreadableFile } from './reading/unreadable-file.ts'
import { basisOf, type Source } from './source.ts'
import { readStated } from './source-queries.ts'

/** Rows looked at to show what is in a column. */
const headRows = 200

/**
 * Looks into a file that has come whole: its hash, its format, what its columns hold, and which of them is
 * what. A steward confirms that before a row is checked.
 */
export async function receiveFile(
  { db, cipher, programToken }: CheckParts,
  delivery: Delivery,
  { source, fields }: Readonly<{ source: Source; fields: readonly Field[] }>,
): Promise<void> {
  const { id, bytes } = delivery
  const transact: Transact = async (work) => asActor(db, await programToken(), work)
  const file = fileOf(transact, cipher, { id, bytes })
  const sha256 = await hashOf(file)
  try {
    const { format, encoding, rows } = await openSheet(file)
    const [first, ...others] = await headOf(rows)
    const headings = (first?.cells ?? []).map((cell) =>
      typeof cell === 'string' ? cell.trim() : '',
    )
    const remembered = await transact((tx) => rememberedMapping(tx, delivery))
    const stated = (await transact(readStated)).get(source.id)
    const proposed = { ...proposeMapping(headings, fields), ...stillThere(remembered, headings) }
    const reading: Reading = {
      sourceName: source.name,
      ...basisOf(source, stated),
      headings,
      samples: samplesOf(headings, others),
      proposed,
      hints: hintsOf({ headings, mapping: proposed, fields, rows: others }),
    }
    const told = { sha256, format, reading, ...(encoding ? { encoding } : {}) }
    await transact((tx) => step(tx, id, ['receiving', 'received'], told))
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    await transact((tx) =>
      step(tx, id, ['receiving', 'failed'], { sha256, problem: error.message }),
    )
  }
}

async function headOf(rows: AsyncIterable<SheetRow>): Promise<SheetRow[]> {
  const head: SheetRow[] = []
  for await (const row of rows) {
    head.push(row)
    if (head.length > headRows) break
  }
  return head
}

/** What was confirmed before holds again where its heading is there. */
function stillThere(mapping: Readonly<Record<string, string>>, headings: readonly string[]) {
  return Object.fromEntries(
    Object.entries(mapping).filter(([, heading]) => headings.includes(heading)),
  )
}
