export function trackUpdate(_: object): void {}
export function fieldsOf(_: object): object[] | undefined { return undefined }
