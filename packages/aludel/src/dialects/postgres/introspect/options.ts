// Settings as the catalog keeps them: a list of texts, `fillfactor=70`.

const none: Readonly<Record<string, string>> = {}

/** By their names, from a JSON list; none for null. */
export function optionsOf(json: string | null): Readonly<Record<string, string>> {
  if (json === null) return none
  const settings: string[] = JSON.parse(json)
  return Object.fromEntries(
    settings.map((setting) => [setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1)]),
  )
}
