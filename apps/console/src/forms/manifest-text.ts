import { stringify } from 'yaml'

/** Objects as people write them: one document each. */
export function toYamlText(objects: readonly object[]): string {
  return objects
    .map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n')
}
