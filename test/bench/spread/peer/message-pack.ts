/** As much of MessagePack as serf's agents are told by: maps of at most 15 fields. */

/** @param it numbers are whole, from 0 to 2^32 - 1; texts have at most 65,535 bytes */
export function packed(it: Readonly<Record<string, string | number | boolean>>): Buffer {
  const fields = Object.entries(it)
  const map = Buffer.of(0x80 | fields.length)
  return Buffer.concat([map, ...fields.flatMap(([name, value]) => [packedValue(name), packedValue(value)])])
}

function packedValue(it: string | number | boolean): Buffer {
  if (typeof it === 'boolean') return Buffer.of(it ? 0xc3 : 0xc2)
  if (typeof it === 'number') {
    const number = Buffer.of(0xce, 0, 0, 0, 0)
    number.writeUInt32BE(it, 1)
    return number
  }
  const head = Buffer.of(0xda, 0, 0)
  head.writeUInt16BE(Buffer.byteLength(it), 1)
  return Buffer.concat([head, Buffer.from(it)])
}
