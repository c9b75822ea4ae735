/** What kubectl accepts, in short. */
export const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

export const CREATION_TIMESTAMP =
  'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata'

export const NAME_COLUMN = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description:
    'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: http://kubernetes.io/docs/user-guide/identifiers#names',
  priority: 0,
}

/** A column of a custom resource. */
export const pathColumn = (
  name: string,
  path: string,
  { type = 'string', description = '', priority = 0 } = {},
): object => ({
  name,
  type,
  format: '',
  description: description || `Custom resource definition column (in JSONPath format): ${path}`,
  priority,
})
