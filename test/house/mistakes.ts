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
      onMessage: { ask: (node, from, { what }) => node.after(what, () => {}) }, // here`,
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
    says: /Expected 2 arguments/,
    code: `
      carries: { counter: z.int() },
      onPeriod: (node) => node.sendValue(node.pick(1)), // here`,
  },
  {
    name: 'fields-where-none-are-carried',
    says: /Expected 1 arguments/,
    code: `
      onPeriod: (node) => node.sendValue(node.pick(1), { counter: 1 }), // here`,
  },
  {
    name: 'carried-fields-used-without-null-check',
    says: /'carried' is possibly 'null'/,
    code: `
      carries: { counter: z.int() },
      state: () => ({ counter: 0 }),
      onKnown(node, from, carried) {
        node.state.counter = carried.counter // here
      },`,
  },
  {
    name: 'sender-used-without-null-check',
    says: /null/,
    code: `
      onNewer: (node, from) => node.sendValue([from]), // here`,
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
