/** Include CMS and forum */
import type { Operations } from 'aludel'

export const revision = 'bbda3883b503'
export const downRevision = '2ca607eff9c8'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2025-11-18T09:40:00Z'

export function upgrade(_op: Operations) {}

export function downgrade(_op: Operations) {}
