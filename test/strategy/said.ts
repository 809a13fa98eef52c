/** What was sent, as short as a story: "value>p0", "ask>p1". */
import type { RecordingHost } from './recording-host.ts'

export function said(host: RecordingHost): string[] {
  return host.sent().map(({ to, message }) => `${message.type}>${to}`)
}
