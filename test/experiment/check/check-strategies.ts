/** Strategies with a fault planted in each, for the check to find. */
import {
  type Address,
  digest,
  type Item,
  type Name,
  type NodeOf,
  strategy,
  z,
} from '../../../src/gossip/strategy.ts'
import { addressOf } from '../../../src/gossip/view/node-number.ts'

const summary = 'planted'
let calls = 0
let kept: NodeOf | undefined
const shared = { told: 0 }
const peersToTell = (it: { pick(k: number): Address[] }): Address[] => it.pick(3)

export const planted = {
  echo: strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    onNewer: (node) => node.sendValue(peersToTell(node)),
    onKnown: (node, item, from) => node.sendValue([from], item),
  }),
  storm: strategy({
    summary,
    onNewer: (node) => node.sendValue(node.peers),
    onKnown: (node) => node.sendValue(node.peers),
  }),
  loop: strategy({
    summary,
    onNewer(node) {
      for (;;) node.sendValue(node.peers)
    },
  }),
  dice: strategy({
    summary,
    onPeriod: (node) => node.sendValue(node.pick(1 + Math.floor(3 * Math.random()))),
  }),
  clock: strategy({
    summary,
    state: () => ({ at: 0 }),
    onPeriod(node) {
      node.state.at = Date.now()
      node.sendValue(peersToTell(node))
    },
  }),
  'quiet dice': strategy({
    summary,
    onPeriod(node) {
      try {
        Math.random()
      } catch {}
      node.sendValue(peersToTell(node))
    },
  }),
  timer: strategy({
    summary,
    onPeriod(node) {
      setTimeout(() => node.sendValue(node.peers), 1)
      node.sendValue(peersToTell(node))
    },
  }),
  variable: strategy({
    summary,
    onPeriod(node) {
      calls += 1
      node.sendValue(node.pick(1 + (calls % 7)))
    },
  }),
  forgetful: strategy({
    summary,
    onPeriod: (node) => node.sendValue(node.peers.slice(0, -1).filter((it) => it !== addressOf(31))),
  }),
  text: strategy({
    summary,
    messages: { count: { number: z.number() } },
    onPeriod(node) {
      node.send(node.pick(1), 'count', { number: 'one' as unknown as number })
      node.sendValue(peersToTell(node))
    },
    onMessage: { count: () => {} },
  }),
  set: strategy({
    summary,
    messages: { seen: { nodes: z.set(z.number()) } },
    onPeriod(node) {
      node.send(node.pick(1), 'seen', { nodes: new Set([1]) })
      node.sendValue(peersToTell(node))
    },
    onMessage: { seen: () => {} },
  }),
  'not a number': strategy({
    summary,
    carries: { weight: z.unknown() },
    onPeriod: (node) => node.sendValue(peersToTell(node), node.items, { weight: Number.NaN }),
  }),
  writing: strategy({
    summary,
    messages: { gossip: { seen: z.array(z.number()) } },
    onPeriod(node) {
      node.send(node.pick(1), 'gossip', { seen: [] })
      node.sendValue(peersToTell(node))
    },
    onMessage: { gossip: (_node, _from, { seen }) => void seen.push(1) },
  }),
  'quiet writing': strategy({
    summary,
    carries: { deep: z.any() },
    onPeriod: (node) => node.sendValue(peersToTell(node), node.items, { deep: { list: [1] } }),
    onNewer(_node, _item, _from, carried) {
      try {
        if (carried !== null) carried.deep.list.length = 0
      } catch {}
    },
  }),
  'quiet refusal': strategy({
    summary,
    messages: { count: { number: z.int() } },
    onPeriod(node) {
      try {
        node.send(node.pick(1), 'count', { number: 0.5 })
      } catch {}
      node.sendValue(peersToTell(node))
    },
    onMessage: { count: () => {} },
  }),
  'options written': strategy({
    summary,
    options: { list: z.array(z.int()).default([1]) },
    onPeriod(node) {
      try {
        node.options.list.push(1)
      } catch {}
      node.sendValue(peersToTell(node))
    },
  }),
  transformed: strategy({
    summary,
    messages: { count: { number: z.number().transform((it) => it + 1) } },
    onPeriod(node) {
      node.send(node.pick(1), 'count', { number: 1 })
      node.sendValue(peersToTell(node))
    },
    onMessage: { count: () => {} },
  }),
  once: strategy({ summary, onNewer: (node) => node.sendValue(node.peers) }),
  throwing: strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    onKnown() {
      throw new Error('broken')
    },
  }),
  holiday: strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    onKnown() {
      throw new Error('goes on holiday: sends without end, refused by its schema: has no message x')
    },
  }),
  'late answer': strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    interested: (async () => true) as unknown as () => boolean,
  }),
  thenable: strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    // biome-ignore lint/suspicious/noThenProperty: that is the fault
    onKnown: () => ({ then() {} }),
  }),
  late: strategy({
    summary,
    async onPeriod(node) {
      await undefined
      node.sendValue(node.peers)
    },
  }),
  restless: strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    interested: () => true,
  }),
  'one state': strategy({
    summary,
    state: () => shared,
    onPeriod(node) {
      node.state.told += 1
      node.sendValue(peersToTell(node))
    },
  }),
  'kept node': strategy({
    summary,
    onPeriod(node) {
      kept ??= node
      kept.sendValue(peersToTell(node))
      node.sendValue(peersToTell(node))
    },
  }),
  polluting: strategy({
    summary,
    onPeriod(node) {
      Object.assign(Array.prototype, { last: 1 })
      node.sendValue(peersToTell(node))
    },
  }),
  'one more': strategy({
    summary,
    state: () => ({ count: 0 }),
    onPeriod(node) {
      node.state.count += 1
      for (let i = 0; i < 1 + node.state.count / 10; i++) node.sendValue(node.pick(1))
    },
  }),
  'longer text': strategy({
    summary,
    messages: { note: { text: z.string() } },
    state: () => ({ text: '' }),
    onPeriod(node) {
      node.state.text += 'x'
      node.send(node.pick(1), 'note', { text: node.state.text })
      node.sendValue(peersToTell(node))
    },
    onMessage: { note() {} },
  }),
  huge: strategy({
    summary,
    messages: { note: { text: z.string() } },
    onPeriod: (node) => node.send(node.pick(1), 'note', { text: 'x'.repeat(2_000_000) }),
    onMessage: { note() {} },
  }),
  diary: strategy({
    summary,
    state: () => ({ days: [] as number[] }),
    onPeriod(node) {
      node.state.days.push(0)
      node.sendValue(peersToTell(node))
    },
  }),
  'more timers': strategy({
    summary,
    messages: { again: {} },
    onPeriod(node) {
      node.after(1, 'again', node.self)
      node.sendValue(peersToTell(node))
    },
    onMessage: { again: (node, from) => void node.after(1, 'again', from) },
  }),
  'late throw': strategy({
    summary,
    state: () => ({ periods: 0 }),
    onPeriod(node) {
      node.state.periods += 1
      if (node.state.periods > 200) throw new Error('has never come so far')
      node.sendValue(peersToTell(node))
    },
  }),
  'to nobody': strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    onNewer: (node, item, from) => node.sendValue([from as Address], item),
  }),
  'never alone': strategy({
    summary,
    onPeriod(node) {
      const [first, ...others] = node.pick(3) as [Address, ...Address[]]
      node.sendValue([first, ...others])
    },
  }),
  'tried code': strategy({
    summary,
    onPeriod(node) {
      try {
        Function('return 1')()
      } catch {}
      node.sendValue(peersToTell(node))
    },
  }),
  'tried world': strategy({
    summary,
    onPeriod(node) {
      try {
        ;(globalThis as unknown as Record<string, (...args: never[]) => void>)['Web' + 'Assembly']!()
      } catch {}
      node.sendValue(peersToTell(node))
    },
  }),
  'item written': strategy({
    summary,
    onPeriod(node) {
      for (const item of node.items) {
        try {
          Object.assign(item, { state: 1 })
        } catch {}
      }
      node.sendValue(peersToTell(node))
    },
  }),
  'items sorted': strategy({
    summary,
    onPeriod(node) {
      ;(node.items as Item[]).sort((a, b) => (a.key < b.key ? 1 : -1))
      node.sendValue(peersToTell(node))
    },
  }),
  'names cut': strategy({
    summary,
    messages: { have: { it: digest() } },
    onPeriod(node) {
      node.send(node.pick(1), 'have', { it: node.digest() })
      node.sendValue(peersToTell(node))
    },
    onMessage: { have: (node, _from, { it }) => void (node.lacks(it) as Name[]).push() },
  }),
  'question writes': strategy({
    summary,
    item: () => ({ asked: 0 }),
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    interested({ state }) {
      try {
        state.asked += 1
      } catch {}
      return false
    },
  }),
  'kept item': strategy({
    summary,
    state: () => ({ items: [] as Item<undefined>[] }),
    onPeriod(node) {
      try {
        node.sendValue(peersToTell(node), node.state.items)
      } catch {}
      node.state.items = [...node.items]
      node.sendValue(peersToTell(node))
    },
  }),
  'one item state': strategy({
    summary,
    item: () => shared,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
  }),
  'names kept': strategy({
    summary,
    state: () => ({ had: new Set<Name>() }),
    onNewer(node, item) {
      node.state.had.add(item.name)
      node.sendValue(peersToTell(node))
    },
    onPeriod: (node) => node.sendValue(peersToTell(node)),
  }),
  'longer memory': strategy({
    summary,
    item: () => ({ told: '' }),
    onPeriod(node) {
      for (const { state } of node.items) state.told += 'x'
      node.sendValue(peersToTell(node))
    },
  }),
  'first value': strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node), node.items.slice(0, 1)),
  }),
  'by keys': strategy({
    summary,
    messages: { ask: { keys: z.array(z.string()) } },
    onPeriod: (node) => node.send(node.pick(1), 'ask', { keys: node.items.map(({ key }) => key) }),
    onMessage: {
      ask(node, from, { keys }) {
        node.sendValue(
          [from],
          node.items.filter(({ key }) => !keys.includes(key)),
        )
      },
    },
  }),
  'says nothing': strategy({
    summary,
    onPeriod: (node) => node.sendValue(peersToTell(node)),
    onKnown() {
      throw Object.create(null)
    },
  }),
}
