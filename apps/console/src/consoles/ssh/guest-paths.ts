/** Pure: paths in a guest; SFTP has slashes for all of them. */
export const pathIn = (folder: string, name: string): string =>
  folder.endsWith('/') ? folder + name : `${folder}/${name}`

export const parentOf = (path: string): string =>
  path.slice(0, Math.max(1, path.replace(/\/+$/, '').lastIndexOf('/')))
