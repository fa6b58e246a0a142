/** Whether a client key's list of names and `prefix*` patterns reaches a model, as the gateway reads it. */
export function allowsModel(names: readonly string[], id: string): boolean {
  return names.some((name) => (name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name));
}
