/** The editor's colours: the page's, so that light and dark follow by themselves. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const syntax = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.self], color: 'var(--lost)' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--dot)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--main)' },
  { tag: [tags.typeName, tags.className, tags.namespace], color: 'var(--susceptible)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.variableName), tags.definition(tags.propertyName)], fontWeight: '600' },
  { tag: tags.invalid, color: 'var(--wrong)' },
])

const MONOSPACE = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--paper)', color: 'var(--ink)', fontSize: '13px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: MONOSPACE, lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--ground)',
    color: 'var(--soft)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--main) 8%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--main) 25%, transparent)',
  },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--infected) 18%, transparent)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'color-mix(in srgb, var(--main) 22%, transparent)' },
  '.cm-searchMatch': { backgroundColor: 'var(--infected-soft)' },
  '.cm-foldPlaceholder': { background: 'var(--raised)', borderColor: 'var(--line)', color: 'var(--soft)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    borderColor: 'var(--line)',
  },
  '.cm-tooltip': { maxWidth: 'min(48em, 92vw)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--main)',
    color: 'var(--on-main)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--wrong)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--wrong) 1.5px',
    textUnderlineOffset: '3px',
  },
  '.cm-types': { maxWidth: '36em', maxHeight: '16em', overflow: 'auto', padding: '6px 10px' },
  '.cm-types pre': { margin: '0', whiteSpace: 'pre-wrap', fontFamily: MONOSPACE, fontSize: '12px' },
  '.cm-types p': { marginTop: '6px', color: 'var(--soft)', whiteSpace: 'pre-line' },
  '.cm-keys': { padding: '3px 10px', fontSize: '12px', color: 'var(--soft)' },
  // The style sheet of the page makes buttons and fields larger than a line.
  '.cm-panel button, .cm-panel input': { height: '26px', padding: '0 8px', backgroundImage: 'none' },
  '.cm-panel .cm-textfield': { backgroundColor: 'var(--paper)', borderColor: 'var(--line)' },
  '.cm-panel .cm-button': { borderColor: 'var(--line)', borderRadius: 'var(--radius)' },
  '.cm-panel input[type=checkbox]': { height: 'auto', verticalAlign: 'middle' },
})

export const look: Extension = [theme, syntaxHighlighting(syntax)]
