// Settings as the catalog keeps them: a list of texts, `fillfactor=70`.

/** By their names, from a JSON list; none for null. */
export function optionsOf(json: string | null): Readonly<Record<string, string>> {
  const settings: string[] = json === null ? [] : JSON.parse(json)
  return Object.fromEntries(
    settings.map((setting) => [setting.slice(0, setting.indexOf('=')), setting.slice(setting.indexOf('=') + 1)]),
  )
}
