/** PostgreSQL counts days from here, as a day number of ours. */
const postgresEpoch = 10_957

const int8Oid = 20
const dateOid = 1082
const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')

/**
 * Rows for `copy … from stdin (format binary)`: a million numbers need neither become text here nor
 * be read from it there.
 *
 * Fields are written one after the other, each row begun with {@link row}.
 */
export class BinaryRows {
  private buffer = Buffer.allocUnsafe(65_536)
  private at = 0
  /** How many have been begun. */
  rows = 0

  constructor() {
    this.at = signature.copy(this.buffer)
    this.put32(0)
    this.put32(0)
  }

  row(fields: number): this {
    this.rows += 1
    this.makeRoom(2)
    this.at = this.buffer.writeInt16BE(fields, this.at)
    return this
  }

  int4(value: number): this {
    this.makeRoom(8)
    this.put32(4)
    this.put32(value)
    return this
  }

  /** @param value an integer within ±2^53 */
  int8(value: number): this {
    this.makeRoom(12)
    this.put32(8)
    this.put64(value)
    return this
  }

  boolean(value: boolean): this {
    this.makeRoom(5)
    this.put32(1)
    this.at = this.buffer.writeUInt8(value ? 1 : 0, this.at)
    return this
  }

  text(value: string): this {
    const length = Buffer.byteLength(value)
    this.makeRoom(4 + length)
    this.put32(length)
    this.at += this.buffer.write(value, this.at)
    return this
  }

  /** @param day a day number; 0 for SQL NULL */
  date(day: number): this {
    this.makeRoom(8)
    this.putDate(day)
    return this
  }

  /** @param length how many of the values */
  int8s(values: Float64Array, length: number): this {
    this.array(int8Oid, length, 12)
    for (let i = 0; i < length; i++) {
      this.put32(8)
      this.put64(values[i]!)
    }
    return this
  }

  /** @param days day numbers; 0 for SQL NULL */
  dates(days: Int32Array, length: number): this {
    let nulls = 0
    for (let i = 0; i < length; i++) if (days[i] === 0) nulls++
    this.array(dateOid, length, 8, nulls * 4)
    for (let i = 0; i < length; i++) this.putDate(days[i]!)
    return this
  }

  /** All rows so far, ended as PostgreSQL expects it. */
  done(): Buffer {
    this.makeRoom(2)
    return this.buffer.subarray(0, this.buffer.writeInt16BE(-1, this.at))
  }

  /** The head of a one-dimensional array whose elements take `each` bytes, less `saved` in all. */
  private array(oid: number, length: number, each: number, saved = 0): void {
    const head = length === 0 ? 12 : 20
    this.makeRoom(4 + head + length * each)
    this.put32(head + length * each - saved)
    this.put32(length === 0 ? 0 : 1)
    this.put32(saved > 0 ? 1 : 0)
    this.put32(oid)
    if (length === 0) return
    this.put32(length)
    this.put32(1)
  }

  private putDate(day: number): void {
    this.put32(day === 0 ? -1 : 4)
    if (day !== 0) this.put32(day - postgresEpoch)
  }

  private put32(value: number): void {
    this.at = this.buffer.writeInt32BE(value, this.at)
  }

  private put64(value: number): void {
    const high = Math.floor(value / 4_294_967_296)
    this.put32(high)
    this.at = this.buffer.writeUInt32BE(value - high * 4_294_967_296, this.at)
  }

  private makeRoom(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return
    const longer = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes))
    this.buffer.copy(longer, 0, 0, this.at)
    this.buffer = longer
  }
}
