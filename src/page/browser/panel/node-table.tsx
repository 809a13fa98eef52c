/** All nodes, a row each. */
import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { NodeRow } from '../../wire.ts'
import { count, duration, othersOf, shortened } from '../format.ts'
import type { Store } from '../store.ts'

interface Column {
  readonly name: string
  readonly isNumber?: true
  of(row: NodeRow): string | number
  say?(row: NodeRow): string
}

const number = (name: string, of: (row: NodeRow) => number): Column => ({
  name,
  isNumber: true,
  of,
  say: (row) => count(of(row)),
})
/** Those of nodes in containers, and of many keys, come only where there is one. */
const ALL_COLUMNS: readonly Column[] = [
  { name: 'address', of: (it) => it.number, say: (it) => it.address },
  {
    name: 'published',
    isNumber: true,
    of: (it) => it.published ?? -1,
    say: (it) => String(it.published ?? '–'),
  },
  { name: 'container', of: (it) => it.container ?? '' },
  { name: 'state', of: (it) => it.state },
  { name: 'value', of: (it) => it.value ?? '', say: (it) => shortened(it.value ?? '–', 30) },
  {
    name: 'version',
    isNumber: true,
    of: (it) => it.timestamp ?? -1,
    say: (it) => String(it.timestamp ?? '–'),
  },
  number('keys', (it) => it.values),
  number('known peers', (it) => it.peers),
  number('sent', (it) => it.sent),
  number('received', (it) => it.received),
  number('updates', (it) => it.updates),
  number('ignored', (it) => it.ignored),
  number('refused', (it) => it.refused),
  { name: 'uptime', isNumber: true, of: (it) => it.uptime, say: (it) => duration(1000 * it.uptime) },
]

interface Order {
  readonly column: Column
  readonly isDown: boolean
}

export function NodeTable({
  store,
  rows,
}: {
  readonly store: Store
  readonly rows: readonly NodeRow[]
}): VNode {
  const [{ column, isDown }, setOrder] = useState<Order>({ column: ALL_COLUMNS[0]!, isDown: false })
  const { selected } = store
  const missing = [
    rows.some((it) => it.published !== undefined) ? '' : 'published',
    rows.some((it) => it.container !== undefined) ? '' : 'container',
    rows.some((it) => othersOf(it) > 0) ? '' : 'keys',
  ]
  const columns = useMemo(
    () => ALL_COLUMNS.filter(({ name }) => !missing.includes(name)),
    [missing.join(' ')],
  )
  const select = (address: string): void => store.set({ selected: address, link: null })
  const body = useMemo(
    () =>
      rows
        .toSorted((a, b) => (isDown ? -1 : 1) * compare(column.of(a), column.of(b)))
        .map((row) => (
          <tr key={row.address} aria-selected={row.address === selected} onClick={() => select(row.address)}>
            {columns.map(({ name, isNumber, of, say }, i) => {
              const text = say?.(row) ?? of(row)
              return (
                <td
                  key={name}
                  class={isNumber ? 'number' : ''}
                  title={name === 'value' ? shortened(row.value ?? '', 2000) : undefined}
                >
                  {i === 0 ? (
                    <button type="button" class="link">
                      <bdi>{text}</bdi>
                    </button>
                  ) : (
                    <bdi>{text}</bdi>
                  )}
                </td>
              )
            })}
          </tr>
        )),
    [rows, column, isDown, selected, columns],
  )
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            {columns.map((it) => (
              <th
                key={it.name}
                class={it.isNumber ? 'number' : ''}
                aria-sort={it === column ? (isDown ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  class="link"
                  onClick={() =>
                    setOrder({ column: it, isDown: it === column ? !isDown : it.isNumber === true })
                  }
                >
                  {it.name}
                  <span aria-hidden="true">{it === column ? (isDown ? ' ▾' : ' ▴') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{body}</tbody>
      </table>
    </div>
  )
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
