/** Strategies that must not compile, each with `// here` where the compiler should say so, and what. */
export interface Mistake {
  readonly name: string
  readonly says: RegExp
  readonly code: string
}

const ask = 'messages: { ask: { what: z.string(), times: z.int() } },'

export const mistakes: readonly Mistake[] = [
  {
    name: 'misspelt-handler',
    says: /'onPeriods'/,
    code: `
      onPeriods: (node) => {}, // here`,
  },
  {
    name: 'unknown-option',
    says: /'fanouts'/,
    code: `
      options: { fanout: z.int().default(3) },
      onPeriod: (node) => node.sendValue(node.pick(node.options.fanouts)), // here`,
  },
  {
    name: 'option-of-wrong-type',
    says: /'string'.*'number'/,
    code: `
      options: { fanout: z.string().default('3') },
      onPeriod: (node) => node.sendValue(node.pick(node.options.fanout)), // here`,
  },
  {
    name: 'forgotten-message-handler',
    says: /'graft'/,
    code: `
      messages: { ask: {}, graft: {} },
      onMessage: { // here
        ask() {},
      },`,
  },
  {
    name: 'handler-of-no-message',
    says: /'graft'/,
    code: `
      messages: { ask: {} },
      onMessage: {
        ask() {},
        graft() {}, // here
      },`,
  },
  {
    name: 'wrong-field-type-sent',
    says: /'string'.*'number'/,
    code: `
      ${ask}
      onMessage: { ask() {} },
      onPeriod: (node) => node.send(node.pick(1), 'ask', { what: 'x', times: 'twice' }), // here`,
  },
  {
    name: 'missing-field-sent',
    says: /'times'|times/,
    code: `
      ${ask}
      onMessage: { ask() {} },
      onPeriod: (node) => node.send(node.pick(1), 'ask', { what: 'x' }), // here`,
  },
  {
    name: 'wrong-field-type-received',
    says: /'string'.*'number'/,
    code: `
      ${ask}
      onMessage: { ask: (node, from, { what }) => void node.after(what, 'ask', from, { what, times: 1 }) }, // here`,
  },
  {
    name: 'undeclared-message-sent',
    says: /"graft"/,
    code: `
      ${ask}
      onMessage: { ask() {} },
      onPeriod: (node) => node.send(node.pick(1), 'graft', {}), // here`,
  },
  {
    name: 'message-sent-where-none-is-declared',
    says: /"ask"/,
    code: `
      onPeriod: (node) => node.send(node.pick(1), 'ask', {}), // here`,
  },
  {
    name: 'value-without-carried-fields',
    says: /Expected 3 arguments/,
    code: `
      carries: { counter: z.int() },
      onPeriod: (node) => node.sendValue(node.pick(1)), // here`,
  },
  {
    name: 'fields-where-none-are-carried',
    says: /Expected 1-2 arguments/,
    code: `
      onPeriod: (node) => node.sendValue(node.pick(1), node.items, { counter: 1 }), // here`,
  },
  {
    name: 'fields-in-the-place-of-a-value',
    says: /'counter' does not exist|not assignable/,
    code: `
      onPeriod: (node) => node.sendValue(node.pick(1), { counter: 1 }), // here`,
  },
  {
    name: 'closure-to-be-called-later',
    says: /Expected at least 3 arguments|not assignable/,
    code: `
      ${ask}
      onMessage: { ask() {} },
      onPeriod: (node) => void node.after(1, () => {}), // here`,
  },
  {
    name: 'fields-forgotten-of-a-message-to-itself',
    says: /Expected 4 arguments/,
    code: `
      ${ask}
      onMessage: { ask() {} },
      onPeriod: (node) => void node.after(1, 'ask', node.self), // here`,
  },
  {
    name: 'undeclared-message-to-itself',
    says: /"late"/,
    code: `
      ${ask}
      onMessage: { ask() {} },
      onPeriod: (node) => void node.after(1, 'late', node.self, {}), // here`,
  },
  {
    name: 'item-used-as-the-sender',
    says: /Item/,
    code: `
      onKnown: (node, from) => node.sendValue([from]), // here`,
  },
  {
    name: 'interested-acts',
    says: /'send'/,
    code: `
      interested: (item) => item.send([]), // here`,
  },
  {
    name: 'item-state-that-is-not-flat',
    says: /not assignable/,
    code: `
      item: () => ({ heard: new Set<number>() }), // here
      onPeriod(node) {},`,
  },
  {
    name: 'unknown-item-state',
    says: /'cold'/,
    code: `
      item: () => ({ hot: true }),
      interested: ({ state }) => state.cold, // here`,
  },
  {
    name: 'digest-looked-into',
    says: /'length'|'timestamp'/,
    code: `
      onPeriod: (node) => void node.digest().timestamp, // here`,
  },
  {
    name: 'carried-fields-used-without-null-check',
    says: /'carried' is possibly 'null'/,
    code: `
      carries: { counter: z.int() },
      state: () => ({ counter: 0 }),
      onKnown(node, item, from, carried) {
        node.state.counter = carried.counter // here
      },`,
  },
  {
    name: 'sender-used-without-null-check',
    says: /null/,
    code: `
      onNewer: (node, item, from) => node.sendValue([from]), // here`,
  },
  {
    name: 'unknown-state',
    says: /'count'/,
    code: `
      state: () => ({ counter: 0 }),
      onPeriod(node) {
        node.state.count += 1 // here
      },`,
  },
  {
    name: 'address-made-up',
    says: /'string'.*Address/,
    code: `
      onPeriod: (node) => node.sendValue(['127.0.0.1:7000']), // here`,
  },
  {
    name: 'no-summary',
    says: /'summary'/,
    code: '',
  },
]

export function file({ name, code }: Mistake): string {
  const summary = name === 'no-summary' ? '' : "summary: 'A mistake.',"
  return `import { strategy, z } from 'gossip/strategy'
export const int = z.int
export default strategy({ ${summary} ${name === 'no-summary' ? '// here' : ''}${code}
})
`
}
