// What models import to declare views, functions, privileges and the like: `aludel/objects`.

export type { DeclaredObjects } from '../ops/with-objects.ts'
export { withObjects } from '../ops/with-objects.ts'
