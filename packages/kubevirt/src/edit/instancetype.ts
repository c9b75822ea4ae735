import { z } from 'zod'
import { matcherOf, referenceOf } from '../instancetypes/reference.ts'
import type { EditItem } from './item.ts'

/** In the shape of the wizard's values, whose fields they are. */
export interface InstancetypeValues {
  general: { namespace: string; instancetype: string }
}

export interface PreferenceValues {
  /** Nothing = none. */
  general: { namespace: string; preference: string }
}

const namespace = z.string()

export const instancetypeItem: EditItem<InstancetypeValues> = {
  schema: z.object({ general: z.object({ namespace, instancetype: z.string().min(1) }) }),
  read: ({ metadata, spec }) => ({
    general: {
      namespace: metadata?.namespace ?? '',
      instancetype: referenceOf(spec.instancetype, 'Instancetype'),
    },
  }),
  write: ({ spec }, { general }) => {
    if (general.instancetype === referenceOf(spec.instancetype, 'Instancetype')) return
    // The kept revision is the old one's.
    spec.instancetype = matcherOf(general.instancetype, 'Instancetype')
  },
  places: [[/instancetype|cpu|memory/, 'general.instancetype']],
}

export const preferenceItem: EditItem<PreferenceValues> = {
  schema: z.object({ general: z.object({ namespace, preference: z.string() }) }),
  read: ({ metadata, spec }) => ({
    general: {
      namespace: metadata?.namespace ?? '',
      preference: referenceOf(spec.preference, 'Preference'),
    },
  }),
  write: ({ spec }, { general }) => {
    if (general.preference === referenceOf(spec.preference, 'Preference')) return
    delete spec.preference
    if (general.preference !== '') {
      spec.preference = matcherOf(general.preference, 'Preference')
    }
  },
  // What a preference requires is refused at the instance type that has too little.
  places: [[/preference|instancetype/, 'general.preference']],
}
