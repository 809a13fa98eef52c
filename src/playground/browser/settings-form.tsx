/** What can be set: made from the one list of settings, and from the options that protocols declare. */
import type { VNode } from 'preact'
import type { Description, OptionInfo, SettingInfo } from '../wire.ts'
import type { Playground } from './playground.ts'

/** What a newcomer needs first; the others are one press away. */
const FIRST: ReadonlySet<string> = new Set([
  'nodes',
  'seed',
  'period',
  'latency',
  'loss',
  'topology',
  'membership',
])

export function SettingsForm({ playground }: { readonly playground: Playground }): VNode {
  const { description, words } = playground
  if (description === null) return <p class="none">loading</p>
  const { settings, strategies, memberships } = description
  const membership = memberships.find((it) => it.name === words.membership)
  const shown = settings.filter((it) => it.name !== 'set-membership')
  const field = (it: SettingInfo): VNode => <Setting key={it.name} it={it} playground={playground} />
  return (
    <form
      class="settings"
      aria-label="Settings"
      onSubmit={(event) => {
        event.preventDefault()
        playground.run()
      }}
    >
      <label title={playground.strategy?.summary ?? ''}>
        strategy
        <select
          name="strategy"
          value={words.strategy}
          onChange={({ currentTarget }) => playground.set({ strategy: currentTarget.value, set: '' })}
        >
          {playground.editing.own?.kind === 'strategy' && <option>{playground.editing.own.name}</option>}
          {strategies.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <p class="summary-line">{playground.strategy?.summary}</p>
      <Options playground={playground} word="set" options={playground.strategy?.options ?? []} />
      {shown.filter((it) => FIRST.has(it.name)).map(field)}
      <Options playground={playground} word="set-membership" options={membership?.options ?? []} />
      <details>
        <summary>More settings</summary>
        {shown.filter((it) => !FIRST.has(it.name)).map(field)}
      </details>
      <datalist id="of-topology">
        {namesIn(settings, 'topology').map((it) => (
          <option key={it} value={it} />
        ))}
      </datalist>
      <button type="submit" class="main">
        Run
      </button>
    </form>
  )
}

/** The names that a setting's description lists. */
function namesIn(settings: readonly SettingInfo[], name: string): string[] {
  const about = settings.find((it) => it.name === name)?.about ?? ''
  return (/: (.*), or/.exec(about)?.[1] ?? '').split(', ').map((it) => it.replace(/ .*/, ''))
}

function Setting({ it, playground }: { readonly it: SettingInfo; readonly playground: Playground }): VNode {
  const { name, about, usual, isFlag, form } = it
  const value = playground.words[name] ?? ''
  const choices = choicesOf(name, playground.description!)
  if (isFlag)
    return (
      <label title={about} class="flag">
        <input
          type="checkbox"
          name={name}
          checked={value === '1'}
          onChange={({ currentTarget }) => playground.set({ [name]: currentTarget.checked ? '1' : '' })}
        />
        {name}
      </label>
    )
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: it holds one of two
    <label title={`${about} (${form})`}>
      {name}
      {choices === undefined ? (
        <input
          name={name}
          autocomplete="off"
          placeholder={usual}
          value={value}
          list={name === 'topology' ? 'of-topology' : undefined}
          onChange={({ currentTarget }) => playground.set({ [name]: currentTarget.value.trim() })}
        />
      ) : (
        <select
          name={name}
          value={value}
          onChange={({ currentTarget }) => playground.set({ [name]: currentTarget.value })}
        >
          <option value="">none</option>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      )}
    </label>
  )
}

function choicesOf(name: string, description: Description): readonly string[] | undefined {
  const { memberships, scenarios, regions } = description
  return { membership: memberships.map((it) => it.name), scenario: scenarios, regions }[name]
}

function titleOf(about: string, min: number | undefined, max: number | undefined): string {
  if (min === undefined && max === undefined) return about
  return `${about} (${min ?? ''} to ${max ?? ''})`.replace('( to', '(up to').replace(' to )', ' or more)')
}

interface OptionsProps {
  readonly playground: Playground
  readonly word: 'set' | 'set-membership'
  readonly options: readonly OptionInfo[]
}

function Options({ playground, word, options }: OptionsProps): VNode {
  const given = new Map(
    (playground.words[word] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((it) => it.split('=') as [string, string]),
  )
  const set = (name: string, value: string): void => {
    if (value === '') given.delete(name)
    else given.set(name, value)
    playground.set({ [word]: [...given].map(([key, it]) => `${key}=${it}`).join(' ') })
  }
  return (
    <>
      {options.map(({ name, about, usual, choices, min, max, isWhole }) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: it holds one of two
        <label key={name} title={titleOf(about, min, max)} class="option">
          {name}
          {choices === undefined ? (
            <input
              name={name}
              inputMode={isWhole || min !== undefined ? 'decimal' : 'text'}
              autocomplete="off"
              placeholder={usual}
              value={given.get(name) ?? ''}
              onChange={({ currentTarget }) => set(name, currentTarget.value.trim())}
            />
          ) : (
            <select
              name={name}
              value={given.get(name) ?? usual}
              onChange={({ currentTarget }) => set(name, currentTarget.value)}
            >
              {choices.map((it) => (
                <option key={it}>{it}</option>
              ))}
            </select>
          )}
        </label>
      ))}
    </>
  )
}
